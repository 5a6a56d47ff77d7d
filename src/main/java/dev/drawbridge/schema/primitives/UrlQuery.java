package dev.drawbridge.schema.primitives;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The parameters of a URL's query, decoded and in order, as JavaScript's {@code URLSearchParams} reads and writes them. */
public record UrlQuery(List<Parameter> parameters) {

    private static final PercentEncoding FORM =
            new PercentEncoding(AsciiSet.ofControlsAnd(" !\"#$%&'()+,/:;<=>?@[\\]^`{|}~"));

    /** A name may come more than once. */
    public record Parameter(String name, String value) {}

    public UrlQuery {
        parameters = List.copyOf(parameters);
    }

    /** The parameters in the search part of a URL, with its question mark or without. */
    public static UrlQuery parse(String search) {
        List<Parameter> parameters = new ArrayList<>();
        int start = search.startsWith("?") ? 1 : 0;
        while (start < search.length()) {
            int ampersand = search.indexOf('&', start);
            int end = ampersand < 0 ? search.length() : ampersand;
            if (start < end) {
                parameters.add(parameter(search.substring(start, end)));
            }
            start = end + 1;
        }
        return new UrlQuery(parameters);
    }

    /** The first value of a name, or null when there is none. */
    public @Nullable String first(String name) {
        for (Parameter parameter : parameters) {
            if (parameter.name().equals(name)) {
                return parameter.value();
            }
        }
        return null;
    }

    /** The query without any parameter of a name. */
    public UrlQuery without(String name) {
        return new UrlQuery(parameters.stream()
                .filter(parameter -> !parameter.name().equals(name))
                .toList());
    }

    /** The search part of a URL with these parameters: with its question mark, or nothing when there are none. */
    public String search() {
        return parameters.isEmpty()
                ? ""
                : parameters.stream()
                        .map(parameter -> encode(parameter.name()) + "=" + encode(parameter.value()))
                        .collect(Collectors.joining("&", "?", ""));
    }

    private static Parameter parameter(String text) {
        int equals = text.indexOf('=');
        return equals < 0
                ? new Parameter(decode(text), "")
                : new Parameter(decode(text.substring(0, equals)), decode(text.substring(equals + 1)));
    }

    private static String decode(String text) {
        return PercentEncoding.decode(text.replace('+', ' '));
    }

    private static String encode(String text) {
        return FORM.encode(text, 0, text.length()).replace("%20", "+");
    }
}

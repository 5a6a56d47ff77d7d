package dev.drawbridge.schema.tldraw;

import dev.drawbridge.url.WhatwgUrl;
import java.io.ByteArrayOutputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The parameters in the query of a URL, as JavaScript's {@code searchParams} reads and writes them. */
record FormQuery(List<Parameter> parameters) {

    record Parameter(String name, String value) {}

    static FormQuery of(WhatwgUrl url) {
        String search = url.search();
        String query = search.isEmpty() ? "" : search.substring(1);
        return new FormQuery(Stream.of(query.split("&", -1))
                .filter(part -> !part.isEmpty())
                .map(FormQuery::parameter)
                .toList());
    }

    static FormQuery of(String name, String value) {
        return new FormQuery(List.of(new Parameter(name, value)));
    }

    /** The value of the first parameter of that name. */
    @Nullable
    String get(String name) {
        return parameters.stream()
                .filter(parameter -> parameter.name().equals(name))
                .map(Parameter::value)
                .findFirst()
                .orElse(null);
    }

    FormQuery without(String name) {
        return new FormQuery(parameters.stream()
                .filter(parameter -> !parameter.name().equals(name))
                .toList());
    }

    boolean isEmpty() {
        return parameters.isEmpty();
    }

    @Override
    public String toString() {
        return parameters.stream()
                .map(parameter -> encode(parameter.name()) + '=' + encode(parameter.value()))
                .collect(Collectors.joining("&"));
    }

    private static Parameter parameter(String part) {
        int equals = part.indexOf('=');
        return equals < 0
                ? new Parameter(decode(part), "")
                : new Parameter(decode(part.substring(0, equals)), decode(part.substring(equals + 1)));
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** A percent sign that starts no escape stands for itself, unlike in {@link java.net.URLDecoder}. */
    private static String decode(String text) {
        byte[] bytes = text.replace('+', ' ').getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length);
        for (int i = 0; i < bytes.length; i++) {
            int high = bytes[i] == '%' && i + 2 < bytes.length ? Character.digit(bytes[i + 1], 16) : -1;
            int low = high < 0 ? -1 : Character.digit(bytes[i + 2], 16);
            if (low >= 0) {
                out.write(high << 4 | low);
                i += 2;
            } else {
                out.write(bytes[i]);
            }
        }
        return out.toString(StandardCharsets.UTF_8);
    }
}

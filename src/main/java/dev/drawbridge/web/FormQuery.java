package dev.drawbridge.web;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import org.springframework.web.util.UriComponentsBuilder;

/** The query of a URL, decoded as forms are. */
public final class FormQuery {

    private FormQuery() {}

    /** The query of a request from which it was hidden. */
    public static MultiValueMap<String, String> of(HttpServletRequest request) {
        return of(HiddenQuery.of(request).query());
    }

    /** @param raw as it was sent */
    static MultiValueMap<String, String> of(@Nullable String raw) {
        MultiValueMap<String, String> query = new LinkedMultiValueMap<>();
        UriComponentsBuilder.newInstance()
                .query(raw == null ? "" : raw)
                .build()
                .getQueryParams()
                .forEach((name, values) -> {
                    for (@Nullable String value : values) {
                        query.add(decoded(name), value == null ? "" : decoded(value));
                    }
                });
        return query;
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text; // a stray percent sign
        }
    }
}

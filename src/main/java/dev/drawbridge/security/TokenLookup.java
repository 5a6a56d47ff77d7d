package dev.drawbridge.security;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.util.MultiValueMap;

/**
 * Finds the token of a request: in the query, since browsers cannot set headers on a WebSocket; else in the {@code
 * Authorization} header; else in a cookie. The first that is there counts, good or bad.
 */
final class TokenLookup {
    private static final String PARAMETER = "token";
    private static final String BEARER = "bearer ";

    private final @Nullable String cookie;

    /** @param cookie the name of the cookie; null when none is looked at */
    TokenLookup(@Nullable String cookie) {
        this.cookie = cookie;
    }

    Optional<String> find(MultiValueMap<String, String> query, HttpHeaders headers) {
        return Stream.of(
                        query.getOrDefault(PARAMETER, List.of()).stream(),
                        headers.getOrEmpty(HttpHeaders.AUTHORIZATION).stream()
                                .filter(value -> value.toLowerCase(Locale.ROOT).startsWith(BEARER))
                                .map(value -> value.substring(BEARER.length())),
                        headers.getOrEmpty(HttpHeaders.COOKIE).stream()
                                .flatMap(TokenLookup::cookies)
                                .filter(pair -> cookie != null && pair.startsWith(cookie + "="))
                                .map(pair -> pair.substring(pair.indexOf('=') + 1)))
                .flatMap(tokens -> tokens)
                .map(String::strip)
                .filter(token -> !token.isEmpty())
                .findFirst();
    }

    private static Stream<String> cookies(String header) {
        return Arrays.stream(header.split(";", -1)).map(String::strip);
    }
}

package dev.drawbridge.web.admin;

import java.util.Optional;
import org.springframework.util.MultiValueMap;

/** The query of a user's request, which may hold a token. */
final class OwnQuery {
    private final MultiValueMap<String, String> values;

    OwnQuery(MultiValueMap<String, String> values) {
        this.values = values;
    }

    Optional<String> text(String name) {
        return Optional.ofNullable(values.getFirst(name));
    }

    boolean has(String name) {
        return values.containsKey(name);
    }

    int number(String name, String otherwise) {
        try {
            return Integer.parseInt(text(name).orElse(otherwise));
        } catch (NumberFormatException e) {
            throw ProblemException.invalidRequest(name + ": expected a whole number");
        }
    }
}

package dev.drawbridge.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What only the one who joins a socket to a room may see of its request, or who answers what belongs to rooms.
 *
 * @param query as it was sent
 */
public record HiddenQuery(@Nullable String query) {
    private static final String NAME = HiddenQuery.class.getName();

    static void hide(HttpServletRequest request) {
        request.setAttribute(NAME, new HiddenQuery(request.getQueryString()));
    }

    /** What was hidden of a request. */
    static HiddenQuery of(HttpServletRequest request) {
        return (HiddenQuery) Objects.requireNonNull(request.getAttribute(NAME));
    }

    /** The query of any request, as it was sent, whether it was hidden or not. */
    public static @Nullable String sent(HttpServletRequest request) {
        return request.getAttribute(NAME) instanceof HiddenQuery hidden ? hidden.query() : request.getQueryString();
    }

    /** Not the query. */
    @Override
    public String toString() {
        return "HiddenQuery";
    }
}

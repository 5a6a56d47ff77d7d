package dev.drawbridge.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.ServerHttpRequest;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.http.server.ServletServerHttpRequest;
import org.springframework.web.socket.WebSocketHandler;
import org.springframework.web.socket.WebSocketSession;
import org.springframework.web.socket.server.HandshakeInterceptor;

/**
 * What only the one who joins a socket to a room may see of its request.
 *
 * @param query as it was sent
 * @param remoteAddress where the request came from
 */
record HiddenQuery(@Nullable String query, String remoteAddress) {
    private static final String NAME = HiddenQuery.class.getName();

    static void hide(HttpServletRequest request) {
        request.setAttribute(NAME, new HiddenQuery(request.getQueryString(), request.getRemoteAddr()));
    }

    /** Takes it from the session, so that it does not live as long as the socket. */
    static HiddenQuery of(WebSocketSession session) {
        return (HiddenQuery) Objects.requireNonNull(session.getAttributes().remove(NAME));
    }

    /** Not the query. */
    @Override
    public String toString() {
        return "HiddenQuery[remoteAddress=" + remoteAddress + "]";
    }

    /** Brings it from the request to the session. */
    static final class Handover implements HandshakeInterceptor {

        @Override
        public boolean beforeHandshake(
                ServerHttpRequest request,
                ServerHttpResponse response,
                WebSocketHandler handler,
                Map<String, Object> attributes) {
            HttpServletRequest servlet = ((ServletServerHttpRequest) request).getServletRequest();
            HiddenQuery hidden = (HiddenQuery) Objects.requireNonNull(servlet.getAttribute(NAME));
            attributes.put(NAME, new HiddenQuery(hidden.query(), servlet.getRemoteAddr()));
            return true;
        }

        @Override
        public void afterHandshake(
                ServerHttpRequest request,
                ServerHttpResponse response,
                WebSocketHandler handler,
                @Nullable Exception failure) {
            // nothing to do
        }
    }
}

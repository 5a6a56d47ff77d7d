package dev.drawbridge.web;

import dev.drawbridge.config.WebSocketProperties;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.ServletServerHttpRequest;
import org.springframework.stereotype.Component;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.util.WebUtils;

/** From which origins' pages sockets may be opened. What is no browser sends no origin. */
@Component
class AllowedOrigins {
    private final CorsConfiguration allowed = new CorsConfiguration();

    AllowedOrigins(WebSocketProperties properties) {
        allowed.setAllowedOriginPatterns(properties.allowedOrigins());
    }

    boolean contain(HttpServletRequest request) {
        String origin = request.getHeader(HttpHeaders.ORIGIN);
        return origin == null || origin.isBlank() || allowed.checkOrigin(origin) != null || isSameOrigin(request);
    }

    /** An origin that is none is nobody's. */
    private static boolean isSameOrigin(HttpServletRequest request) {
        try {
            return WebUtils.isSameOrigin(new ServletServerHttpRequest(request));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}

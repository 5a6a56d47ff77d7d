package dev.drawbridge.web;

import dev.drawbridge.config.WebSocketProperties;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.List;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.ServletServerHttpRequest;
import org.springframework.stereotype.Component;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.util.WebUtils;

/** From which origins' pages sockets may be opened, and what belongs to rooms be asked for. What is no browser sends no origin. */
@Component
public class AllowedOrigins {
    private static final Duration REMEMBERED = Duration.ofHours(1);

    private final CorsConfiguration allowed = new CorsConfiguration();
    private final boolean any;

    AllowedOrigins(WebSocketProperties properties) {
        allowed.setAllowedOriginPatterns(properties.allowedOrigins());
        any = properties.allowedOrigins().contains(CorsConfiguration.ALL);
    }

    /**
     * What browsers are told of such requests: they may bring any header. Cookies come along from pages of origins that are named,
     * as they do with sockets; where any page may ask, none of them speaks for who visits it.
     */
    CorsConfiguration forMethods(String... methods) {
        CorsConfiguration rules = new CorsConfiguration();
        rules.setAllowedMethods(List.of(methods));
        rules.addAllowedHeader(CorsConfiguration.ALL);
        rules.setMaxAge(REMEMBERED);
        if (any) {
            rules.addAllowedOrigin(CorsConfiguration.ALL);
        } else {
            rules.setAllowedOriginPatterns(allowed.getAllowedOriginPatterns());
            rules.setAllowCredentials(true);
        }
        return rules;
    }

    /** Whether a request comes from such a page, from one of ours, or from no page. */
    public boolean contain(HttpServletRequest request) {
        String origin = request.getHeader(HttpHeaders.ORIGIN);
        return origin == null || origin.isBlank() || allowed.checkOrigin(origin) != null || isSameOrigin(request);
    }

    /**
     * Whether a page may have somebody's cookies speak for them: one of ours, or of an origin that is named. Where any page may
     * ask, none of the others may.
     */
    boolean letCookiesSpeak(HttpServletRequest request) {
        String origin = request.getHeader(HttpHeaders.ORIGIN);
        return origin == null
                || origin.isBlank()
                || (!any && allowed.checkOrigin(origin) != null)
                || isSameOrigin(request);
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

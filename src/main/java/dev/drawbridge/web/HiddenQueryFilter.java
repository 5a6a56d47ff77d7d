package dev.drawbridge.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Takes the query out of the URL of a room, and of what belongs to rooms, before anything else sees it: it may hold a token,
 * and Spring, Spring Security and the container write URLs to their logs. What is taken out comes back as {@link HiddenQuery}.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
class HiddenQueryFilter extends OncePerRequestFilter {
    private static final List<String> HIDDEN =
            List.of("/connect", "/rooms/", "/uploads", "/unfurl", "/bookmarks", "/mcp", "/api/");

    /** As sent or as read by the container: escapes must not help to get by. */
    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        String sent = request.getRequestURI();
        String read = request.getServletPath();
        return HIDDEN.stream()
                .noneMatch(path -> sent.startsWith(request.getContextPath() + path) || read.startsWith(path));
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        HiddenQuery.hide(request);
        chain.doFilter(new WithoutQuery(request), response);
    }

    private static final class WithoutQuery extends HttpServletRequestWrapper {

        WithoutQuery(HttpServletRequest request) {
            super(request);
        }

        @Override
        public @Nullable String getQueryString() {
            return null;
        }

        @Override
        public @Nullable String getParameter(String name) {
            return null;
        }

        @Override
        public Map<String, String[]> getParameterMap() {
            return Map.of();
        }

        @Override
        public Enumeration<String> getParameterNames() {
            return Collections.emptyEnumeration();
        }

        @Override
        public String @Nullable [] getParameterValues(String name) {
            return null;
        }
    }
}

package dev.drawbridge.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Tells browsers what pages of this server may do: run no script but its own, talk to nobody else, be shown in no foreign
 * frame, give no address away. Whatever a stranger puts into a room, it stays a drawing.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
class PageHeaders extends OncePerRequestFilter {
    private static final String API_PAGE = "/swagger-ui";
    private static final String CONSOLE = "/console";

    private static final String WHITEBOARD_POLICY = policy(
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self' 'unsafe-inline'", // tldraw makes style elements, for themes and while it measures text
            "font-src 'self' data:", // an exported drawing carries its fonts
            "img-src 'self' data: blob: https: http:", // images are in the document; other applications link to theirs
            "media-src 'self' data: blob: https: http:",
            "frame-src https: http:", // embeds: a map, a video, a page of another tool
            "worker-src 'self' blob:",
            // The room's WebSocket, images on their way into the document, and tldraw's own check of its licence.
            "connect-src 'self' data: blob: https://cdn.tldraw.com",
            "base-uri 'none'",
            "form-action 'none'",
            "frame-ancestors 'self'");

    /** Tokens are typed there: nobody may lay it under a page of theirs. */
    private static final String API_PAGE_POLICY = policy(
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self' 'unsafe-inline'", // it writes styles into its elements
            "img-src 'self' data:",
            "connect-src 'self'",
            "base-uri 'none'",
            "form-action 'none'",
            "frame-ancestors 'none'");

    /**
     * The operator's token is there. So is whatever strangers put into rooms, drawn: nothing of it is asked of anybody else, and
     * tldraw's own check of its licence is not made.
     */
    private static final String CONSOLE_POLICY = policy(
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self' 'unsafe-inline'", // as for the whiteboard
            "font-src 'self' data:", // a picture of a drawing carries its fonts
            "img-src 'self' data: blob:",
            "media-src 'self' data: blob:",
            "connect-src 'self' data: blob:", // images and fonts on their way into pictures
            "frame-src 'none'",
            "base-uri 'none'",
            "form-action 'none'",
            "frame-ancestors 'none'");

    private static String policy(String... directives) {
        return String.join("; ", directives);
    }

    private static String policyFor(String path) {
        if (path.startsWith(API_PAGE)) {
            return API_PAGE_POLICY;
        }
        return path.equals(CONSOLE) || path.startsWith(CONSOLE + "/") ? CONSOLE_POLICY : WHITEBOARD_POLICY;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String policy = policyFor(request.getServletPath());
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader( // for what does not know frame-ancestors
                "X-Frame-Options", policy.equals(WHITEBOARD_POLICY) ? "SAMEORIGIN" : "DENY");
        response.setHeader("Referrer-Policy", "no-referrer"); // who knows a room's address may enter it, in open mode
        response.setHeader("Content-Security-Policy", policy);
        chain.doFilter(request, response);
    }
}

package dev.drawbridge.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Answers a query that is not UTF-8, or has half an escape, with 400. The container would fail whoever asks for a parameter
 * first, in the middle of their work. Of a room's URL the query is hidden already, and read by {@link JoinRequest}.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 1)
class QueryFilter extends OncePerRequestFilter {

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String query = request.getQueryString();
        if (query == null || isText(query)) {
            chain.doFilter(request, response);
        } else {
            ProblemAnswer.write(
                    response,
                    HttpStatus.BAD_REQUEST,
                    "urn:drawbridge:problem:invalid-request",
                    "The query is not UTF-8 that is escaped as in a URL");
        }
    }

    /** Whether it can be read as a form is. */
    static boolean isText(String query) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(query.length());
        for (int i = 0; i < query.length(); i++) {
            char c = query.charAt(i);
            if (c == '%') {
                if (i + 2 >= query.length()) {
                    return false;
                }
                int high = Character.digit(query.charAt(++i), 16);
                int low = Character.digit(query.charAt(++i), 16);
                if (high < 0 || low < 0) {
                    return false;
                }
                bytes.write(high << 4 | low);
            } else if (c > 0x7f) {
                return false;
            } else {
                bytes.write(c);
            }
        }
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes.toByteArray()));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }
}

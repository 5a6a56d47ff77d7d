package dev.drawbridge.web;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.ServletException;
import java.io.IOException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

@DisplayName("[issue 10, C21] A browser is told")
class PageHeadersTest {

    @ParameterizedTest
    @ValueSource(strings = {"/", "/index.html", "/r/a-room", "/assets/index.js", "/nothing-there"})
    @DisplayName("what a page of the whiteboard may do, and who may frame it")
    void pages(String path) throws ServletException, IOException {
        MockHttpServletResponse response = answer(path);
        assertThat(response.getHeader("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(response.getHeader("X-Frame-Options")).isEqualTo("SAMEORIGIN");
        assertThat(response.getHeader("Content-Security-Policy"))
                .contains("script-src 'self';", "object-src 'none'", "frame-ancestors 'self'")
                .doesNotContain("unsafe-eval");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/admin/v1/rooms", "/swagger-ui/index.html", "/v3/api-docs", "/actuator/health"})
    @DisplayName("nothing of that by what is no page of the whiteboard")
    void others(String path) throws ServletException, IOException {
        assertThat(answer(path).getHeader("Content-Security-Policy")).isNull();
    }

    private static MockHttpServletResponse answer(String path) throws ServletException, IOException {
        MockHttpServletResponse response = new MockHttpServletResponse();
        new PageHeaders().doFilter(new MockHttpServletRequest("GET", path), response, new MockFilterChain());
        return response;
    }
}

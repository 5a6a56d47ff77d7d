package dev.drawbridge.web.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.security.web.firewall.RequestRejectedException;

@DisplayName("Problems")
class ProblemsTest {
    private final ProblemResolver resolver =
            new ProblemResolver(new StaticListableBeanFactory().getBeanProvider(ToTheOwner.class));

    @Test
    @DisplayName("have types of their own")
    void types() {
        assertThat(Arrays.stream(ProblemType.values()).map(ProblemType::urn))
                .doesNotHaveDuplicates()
                .allMatch(urn -> urn.matches("urn:drawbridge:problem:[a-z-]+"));
    }

    @Test
    @DisplayName("say nothing of an exception that nobody expected")
    void unexpected() throws IOException {
        MockHttpServletResponse response = new MockHttpServletResponse();
        response.setHeader(HttpHeaders.ETAG, "\"7\"");
        assertThat(resolver.resolveException(
                        request("/admin/v1/rooms"), response, null, new IllegalStateException("secret")))
                .isNotNull();
        assertThat(response.getStatus()).isEqualTo(500);
        assertThat(response.getContentType()).isEqualTo("application/problem+json");
        assertThat(response.getContentAsString())
                .contains("urn:drawbridge:problem:internal")
                .doesNotContain("secret", "Exception");
        assertThat(response.getHeader(HttpHeaders.ETAG)).isNull();
    }

    @Test
    @DisplayName("say that a header is wrong which the firewall refuses only when it is read")
    void header() {
        MockHttpServletResponse response = new MockHttpServletResponse();
        resolver.resolveException(
                request("/admin/v1/rooms"), response, null, new RequestRejectedException("\u0001 in Accept"));
        assertThat(response.getStatus()).isEqualTo(400);
    }

    @Test
    @DisplayName("say when to try again what cannot be done now")
    void unavailable() {
        MockHttpServletResponse response = new MockHttpServletResponse();
        resolver.resolveException(
                request("/admin/v1/rooms"), response, null, new ProblemException(ProblemType.UNAVAILABLE, "Not now"));
        assertThat(response.getStatus()).isEqualTo(503);
        assertThat(response.getHeader(HttpHeaders.RETRY_AFTER)).isEqualTo("2");
    }

    @Test
    @DisplayName("are answered below /admin/v1 only, and not into half an answer")
    void others() {
        MockHttpServletResponse response = new MockHttpServletResponse();
        assertThat(resolver.resolveException(request("/uploads/x"), response, null, new IllegalStateException()))
                .isNull();
        response.setCommitted(true);
        assertThat(resolver.resolveException(request("/admin/v1/rooms"), response, null, new IllegalStateException()))
                .isNull();
    }

    private static MockHttpServletRequest request(String path) {
        return new MockHttpServletRequest("GET", path);
    }
}

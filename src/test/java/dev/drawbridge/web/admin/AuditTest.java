package dev.drawbridge.web.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drawbridge.cluster.link.ClusterSecret;
import dev.drawbridge.host.HandClock;
import dev.drawbridge.host.NodeIdentity;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

@DisplayName("The list of what operators have done")
class AuditTest {
    private static final FilterChain DONE = (_, response) -> ((HttpServletResponse) response).setStatus(204);

    private final Audit audit = new Audit();
    private final HandClock clock = new HandClock();
    private final NodeIdentity node = new NodeIdentity("here", Instant.EPOCH);
    private final ForwardingSeal seal =
            new ForwardingSeal(new ClusterSecret("a secret of ours".getBytes(StandardCharsets.UTF_8)));
    private final AuditFilter filter = new AuditFilter(audit, clock, node, Optional.of(seal));

    private static MockHttpServletRequest request(String method, String path) {
        MockHttpServletRequest request = new MockHttpServletRequest(method, path);
        request.setServletPath(path);
        request.setUserPrincipal(() -> "admin");
        return request;
    }

    private void ask(MockHttpServletRequest request, FilterChain answering) throws ServletException, IOException {
        filter.doFilter(request, new MockHttpServletResponse(), answering);
    }

    @Test
    @DisplayName("has the last thousand, the newest first")
    void bounded() throws ServletException, IOException {
        for (int i = 0; i < 1_500; i++) {
            ask(request("DELETE", "/admin/v1/rooms/r" + i), DONE);
        }

        assertThat(audit.last(5_000)).hasSize(1_000);
        assertThat(audit.last(2))
                .extracting(Audit.Entry::path)
                .containsExactly("/admin/v1/rooms/r1499", "/admin/v1/rooms/r1498");
        assertThat(audit.last(1).getFirst())
                .isEqualTo(new Audit.Entry(
                        clock.instant(), "DELETE", "/admin/v1/rooms/r1499", Optional.empty(), 204, "127.0.0.1"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "HEAD", "OPTIONS"})
    @DisplayName("has nothing that changes nothing")
    void reads(String method) throws ServletException, IOException {
        ask(request(method, "/admin/v1/rooms"), DONE);
        assertThat(audit.last(10)).isEmpty();
    }

    @Test
    @DisplayName("has nothing of who was not let in, and nothing of what is not the admin API")
    void others() throws ServletException, IOException {
        MockHttpServletRequest stranger = request("POST", "/admin/v1/rooms");
        stranger.setUserPrincipal(null);
        ask(stranger, DONE);
        ask(request("POST", "/uploads/x"), DONE);
        assertThat(audit.last(10)).isEmpty();
    }

    @Test
    @DisplayName("has what another node has brought there and not here; who only says so is listed")
    void forwarded() throws ServletException, IOException {
        String path = "/admin/v1/rooms/far/unload";
        MockHttpServletRequest brought = request("POST", path);
        brought.addHeader(ForwardingSeal.HEADER, seal.of("here", "POST", path));
        ask(brought, DONE);
        assertThat(audit.last(10)).isEmpty();

        MockHttpServletRequest pretending = request("POST", path);
        pretending.addHeader(ForwardingSeal.HEADER, seal.of("elsewhere", "POST", path));
        ask(pretending, DONE);
        assertThat(audit.last(10)).hasSize(1);
    }

    @Test
    @DisplayName("names the room that was made")
    void made() throws ServletException, IOException {
        ask(request("POST", "/admin/v1/rooms"), (_, response) -> {
            ((HttpServletResponse) response).setStatus(201);
            ((HttpServletResponse) response).setHeader("Location", "/admin/v1/rooms/new-one");
        });
        assertThat(audit.last(1).getFirst().room()).contains("new-one");
    }

    @Test
    @DisplayName("has one line for whatever a path holds, and no query")
    void quoted() throws ServletException, IOException {
        MockHttpServletRequest request = request("PUT", "/admin/v1/\n\u202e" + "x".repeat(9_000));
        request.setQueryString("token=hunter2");
        ask(request, DONE);

        assertThat(audit.last(1).getFirst().path())
                .startsWith("/admin/v1/\\n\\u202e")
                .hasSizeLessThan(260)
                .doesNotContain("\n", "hunter2");
    }

    @Test
    @DisplayName("has what failed, as a failure")
    void failed() {
        assertThatThrownBy(() -> ask(request("POST", "/admin/v1/rooms"), (_, _) -> {
                    throw new ServletException("broken");
                }))
                .isInstanceOf(ServletException.class);
        assertThat(audit.last(1).getFirst().status()).isEqualTo(500);
    }
}

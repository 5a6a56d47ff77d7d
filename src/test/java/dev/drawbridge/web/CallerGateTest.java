package dev.drawbridge.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.protocol.RefusalReason;
import dev.drawbridge.security.AccessDecision;
import dev.drawbridge.security.AccessDecision.Allowed;
import dev.drawbridge.security.AccessDecision.Denied;
import dev.drawbridge.security.AccessDecision.Unavailable;
import dev.drawbridge.security.AccessRequest;
import dev.drawbridge.security.AddressRate;
import dev.drawbridge.security.CallerAccess;
import dev.drawbridge.security.Permission;
import dev.drawbridge.security.RoomAccess;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

@DisplayName("The gate for plain HTTP requests")
class CallerGateTest {
    private final AddressRate rate = new AddressRate(1, Duration.ofMinutes(1), () -> 0);
    private final MockHttpServletResponse response = new MockHttpServletResponse();

    private static final RoomAccess STRANGERS = new RoomAccess() {
        @Override
        public AccessDecision decide(AccessRequest request) {
            return new Allowed(Permission.EDIT, null, null, null);
        }

        @Override
        public boolean letsStrangersIn() {
            return true;
        }
    };

    private Optional<CallerGate.Entry> admit(RoomAccess access, String query) throws IOException {
        MockHttpServletRequest request = new MockHttpServletRequest("GET", "/unfurl");
        request.setQueryString(query);
        HiddenQuery.hide(request);
        return new CallerGate(new CallerAccess(access)).admit(request, response, Permission.EDIT, rate);
    }

    @Test
    @DisplayName("lets in, with the query as it is meant")
    void admitted() throws IOException {
        assertThat(admit(STRANGERS, "url=http%3A%2F%2Fa%2F%3Fb%3D%C3%A4%26c&room=a"))
                .hasValueSatisfying(entry -> {
                    assertThat(entry.query().getFirst("url")).isEqualTo("http://a/?b=ä&c");
                    assertThat(entry.room()).contains("a");
                });
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "NOT_AUTHENTICATED, 401, unauthorized",
        "FORBIDDEN, 403, forbidden",
        "NOT_FOUND, 403, forbidden",
        "RATE_LIMITED, 403, forbidden",
    })
    @DisplayName("says no")
    void refused(RefusalReason reason, int status, String type) throws IOException {
        assertThat(admit(request -> new Denied(reason, "secret"), "room=a")).isEmpty();
        assertThatItIs(status, type);
        assertThat(response.getHeader("WWW-Authenticate")).isEqualTo(status == 401 ? "Bearer" : null);
        assertThat(response.getContentAsString()).doesNotContain("secret");
    }

    @Test
    @DisplayName("asks for the room where all depends on it, and for one that there could be")
    void room() throws IOException {
        assertThat(admit(request -> new Denied(RefusalReason.FORBIDDEN, ""), "url=x"))
                .isEmpty();
        assertThatItIs(400, "invalid-request");
        response.reset();
        assertThat(admit(STRANGERS, "room=a+b")).isEmpty();
        assertThatItIs(400, "invalid-request");
    }

    @Test
    @DisplayName("tells when to come back who comes too often, or when it cannot be told")
    void later() throws IOException {
        assertThat(admit(STRANGERS, "room=a")).isPresent();
        assertThat(admit(STRANGERS, "room=a")).isEmpty();
        assertThatItIs(429, "rate-limited");
        assertThat(response.getHeader("Retry-After")).isEqualTo("60");
        response.reset();
        assertThat(admit(request -> new Unavailable("secret"), "room=a")).isEmpty();
        assertThatItIs(503, "access-unavailable");
        assertThat(response.getHeader("Retry-After")).isEqualTo("5");
    }

    /** Without a title, which tldraw's clients would show as that of a page. */
    private void assertThatItIs(int status, String type) throws IOException {
        assertThat(response.getStatus()).isEqualTo(status);
        assertThat(response.getContentType()).isEqualTo("application/problem+json");
        assertThat(response.getHeader("Cache-Control")).isEqualTo("no-store");
        String body = response.getContentAsString();
        assertThat(body).contains("\"urn:drawbridge:problem:" + type + "\"");
        assertThat(body).doesNotContain("title");
    }
}

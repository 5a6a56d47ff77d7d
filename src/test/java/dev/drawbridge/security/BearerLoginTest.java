package dev.drawbridge.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.config.AdminProperties;
import dev.drawbridge.security.BearerLogin.Who;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpHeaders;
import org.springframework.util.unit.DataSize;

@DisplayName("Whose token it is that somebody brings")
class BearerLoginTest {
    private static final String ADMIN = "0123456789abcdef0123456789abcdef";
    private static final String ADDRESS = "192.0.2.1";

    private final AtomicLong now = new AtomicLong();
    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private final BearerLogin login = new BearerLogin(Optional.of(token()), new LoginThrottle(now::get), metrics);

    private static AdminToken token() {
        return AdminToken.of(new AdminProperties(true, ADMIN, null, DataSize.ofMegabytes(1), Duration.ofSeconds(1)));
    }

    private Who who(String token) {
        return login.who(Optional.of(token), ADDRESS);
    }

    @Test
    @DisplayName("is an operator's, somebody else's, or nobody's")
    void who() {
        assertThat(who(ADMIN)).isInstanceOf(Who.Operator.class);
        assertThat(who("other")).isInstanceOf(Who.Other.class);
        assertThat(login.who(Optional.empty(), ADDRESS)).isInstanceOf(Who.Nobody.class);
    }

    @Test
    @DisplayName("is not looked at for a while after several that were wrong, the right one too; elsewhere it is")
    void throttled() {
        for (int i = 0; i < 6; i++) {
            login.wasToldApart(ADDRESS);
        }
        assertThat(who(ADMIN)).isInstanceOfSatisfying(Who.TooSoon.class, soon -> assertThat(soon.pause())
                .isPositive());
        assertThat(login.who(Optional.of(ADMIN), "198.51.100.7")).isInstanceOf(Who.Operator.class);
        now.addAndGet(60_000);
        assertThat(who(ADMIN)).isInstanceOf(Who.Operator.class);
    }

    @Test
    @DisplayName("counts tokens that are nobody's")
    void counted() {
        login.wasNobodys(ADDRESS);
        assertThat(metrics.get("drawbridge.admin.login.failures").counter().count())
                .isEqualTo(1);
    }

    @Test
    @DisplayName("is nobody's token of operators where there are none")
    void noOperators() {
        BearerLogin without = new BearerLogin(Optional.empty(), new LoginThrottle(now::get), metrics);
        assertThat(without.who(Optional.of(ADMIN), ADDRESS)).isInstanceOf(Who.Other.class);
    }

    @Test
    @DisplayName("stands in the Authorization header, after Bearer in any case")
    void header() {
        HttpHeaders headers = new HttpHeaders();
        headers.add("Authorization", "Basic abc");
        assertThat(BearerLogin.token(headers)).isEmpty();
        headers.add("Authorization", "bEARER  x ");
        assertThat(BearerLogin.token(headers)).contains("x");
        headers.set("Authorization", "Bearer ");
        assertThat(BearerLogin.token(headers)).isEmpty();
    }
}

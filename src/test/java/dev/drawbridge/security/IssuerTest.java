package dev.drawbridge.security;

import static dev.drawbridge.security.Requests.withToken;
import static dev.drawbridge.security.TestServer.respond;
import static dev.drawbridge.security.Tokens.claims;
import static dev.drawbridge.security.Tokens.signed;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import dev.drawbridge.config.AccessProperties;
import dev.drawbridge.protocol.RefusalReason;
import dev.drawbridge.security.AccessDecision.Allowed;
import dev.drawbridge.security.AccessDecision.Denied;
import dev.drawbridge.security.AccessDecision.Unavailable;
import java.security.KeyPair;
import java.security.interfaces.RSAPublicKey;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Keys that an issuer serves")
class IssuerTest {
    private static final KeyPair OLD = Tokens.RSA;
    private static final KeyPair NEW = Tokens.rsa(2048);

    private final TestServer issuer = TestServer.start();
    private volatile String keySet = keys(key("old", OLD));

    @BeforeEach
    void answers() {
        issuer.answer = exchange -> {
            switch (exchange.getRequestURI().getPath()) {
                case "/keys" -> respond(exchange, 200, keySet);
                case "/realm/.well-known/openid-configuration", "/.well-known/oauth-authorization-server/plain" -> {
                    String name = exchange.getRequestURI().getPath().startsWith("/realm") ? "/realm" : "/plain";
                    respond(
                            exchange,
                            200,
                            "{\"issuer\":\"%s\",\"jwks_uri\":\"%s\"}".formatted(issuer.url(name), issuer.url("/keys")));
                }
                case "/liar/.well-known/openid-configuration" ->
                    respond(
                            exchange,
                            200,
                            "{\"issuer\":\"https://other\",\"jwks_uri\":\"%s\"}".formatted(issuer.url("/keys")));
                default -> respond(exchange, 404, "");
            }
        };
    }

    @AfterEach
    void stop() {
        issuer.close();
    }

    private static JWK key(String id, KeyPair keys) {
        return new RSAKey.Builder((RSAPublicKey) keys.getPublic()).keyID(id).build();
    }

    private static String keys(JWK... keys) {
        return new JWKSet(List.of(keys)).toString();
    }

    private static RoomAccess access(String name, String address, Duration betweenRequests) {
        AccessProperties.Jwt settings =
                Settings.access(Map.of("jwt." + name, address)).jwt();
        return new JwtAccess(
                new TokenLookup(null),
                new TokenVerifier(
                        new TokenKeys(settings, betweenRequests).selector(),
                        TokenRules.of(settings, Clock.systemUTC())),
                settings.claims(),
                settings.clockSkew(),
                InstantSource.system());
    }

    private RoomAccess byKeys() {
        return access("jwks-uri", issuer.url("/keys"), Duration.ofMillis(1));
    }

    private static AccessDecision decide(RoomAccess access, String keyId, KeyPair keys) {
        return access.decide(withToken("room", signed(claims(), JWSAlgorithm.RS256, keyId, keys)));
    }

    private long keyRequests() {
        return issuer.asked.stream().filter("/keys"::equals).count();
    }

    @Test
    @DisplayName("are asked for once, and kept")
    void kept() {
        RoomAccess access = byKeys();
        for (int i = 0; i < 5; i++) {
            assertThat(decide(access, "old", OLD)).isInstanceOf(Allowed.class);
        }
        assertThat(keyRequests()).isEqualTo(1);
    }

    @Test
    @DisplayName("may be replaced: a token of the new key is let in at once")
    void rotation() {
        RoomAccess access = byKeys();
        assertThat(decide(access, "old", OLD)).isInstanceOf(Allowed.class);

        keySet = keys(key("new", NEW));

        assertThat(decide(access, "new", NEW)).isInstanceOf(Allowed.class);
        assertThat(decide(access, "old", OLD)).isInstanceOf(Denied.class);
    }

    @Test
    @DisplayName("do not help a token that another key signed")
    void forged() {
        assertThat(decide(byKeys(), "old", NEW))
                .isEqualTo(new Denied(RefusalReason.NOT_AUTHENTICATED, "the token's signature is wrong"));
    }

    @Test
    @DisplayName("are asked for seldom, however many forged tokens name others; the good ones are still let in")
    void flood() {
        RoomAccess access = access("jwks-uri", issuer.url("/keys"), Duration.ofMinutes(1));
        assertThat(decide(access, "old", OLD)).isInstanceOf(Allowed.class);
        for (int i = 0; i < 20; i++) {
            assertThat(decide(access, "forged-" + i, NEW)).isNotInstanceOf(Allowed.class);
        }
        assertThat(keyRequests()).isLessThanOrEqualTo(3);
        assertThat(decide(access, "old", OLD)).isInstanceOf(Allowed.class);
    }

    @Test
    @DisplayName("that cannot be had are not the client's fault; when they can again, all is well")
    void outage() {
        RoomAccess access = byKeys();
        TestServer.Answer good = issuer.answer;
        issuer.answer = exchange -> respond(exchange, 503, "");
        assertThat(decide(access, "old", OLD)).isInstanceOf(Unavailable.class);

        issuer.answer = good;
        assertThat(decide(access, "old", OLD)).isInstanceOf(Allowed.class);

        issuer.answer = exchange -> respond(exchange, 503, "");
        assertThat(decide(access, "old", OLD)).isInstanceOf(Allowed.class);
        assertThat(decide(access, "new", NEW)).isInstanceOf(Unavailable.class);
    }

    @Test
    @DisplayName("that are no keys are not the client's fault")
    void garbage() {
        keySet = "<html>";
        assertThat(decide(byKeys(), "old", OLD)).isInstanceOf(Unavailable.class);
    }

    @ParameterizedTest(name = "are found by the issuer's address: {0}")
    @ValueSource(strings = {"/realm", "/plain"})
    void discovery(String path) {
        RoomAccess access = access("issuer-uri", issuer.url(path), Duration.ofMillis(1));
        assertThat(access.decide(
                        withToken("room", signed(claims().issuer(issuer.url(path)), JWSAlgorithm.RS256, "old", OLD))))
                .isInstanceOf(Allowed.class);
        assertThat(access.decide(
                        withToken("room", signed(claims().issuer("https://other"), JWSAlgorithm.RS256, "old", OLD))))
                .isInstanceOf(Denied.class);
        assertThat(decide(access, "old", OLD)).isInstanceOf(Denied.class);
    }

    @Test
    @DisplayName("of somebody who calls himself otherwise are not trusted")
    void liar() {
        RoomAccess access = access("issuer-uri", issuer.url("/liar"), Duration.ofMillis(1));
        assertThat(access.decide(withToken(
                        "room", signed(claims().issuer(issuer.url("/liar")), JWSAlgorithm.RS256, "old", OLD))))
                .isInstanceOf(Unavailable.class);
    }

    @Test
    @DisplayName("are asked for when the first token comes: the server starts while its issuer is down")
    void down() {
        issuer.close();
        RoomAccess access = access("issuer-uri", issuer.url("/realm"), Duration.ofMillis(1));
        assertThat(decide(access, "old", OLD)).isInstanceOf(Unavailable.class);

        try (TestServer back = TestServer.start(issuer.port())) {
            back.answer = issuer.answer;
            assertThat(access.decide(withToken(
                            "room", signed(claims().issuer(issuer.url("/realm")), JWSAlgorithm.RS256, "old", OLD))))
                    .isInstanceOf(Allowed.class);
        }
    }
}

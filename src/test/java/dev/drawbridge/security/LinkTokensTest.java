package dev.drawbridge.security;

import static dev.drawbridge.security.Requests.withToken;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jwt.SignedJWT;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Tokens for links")
class LinkTokensTest {
    private static final String LONG_SECRET = "0123456789".repeat(7);

    @TempDir
    Path folder;

    private static LinkTokens tokens(String... namesAndValues) {
        Map<String, String> settings = new HashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            settings.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        return new RoomAccessConfiguration().linkTokens(Settings.access(settings), InstantSource.system());
    }

    private static LinkTokens.Wanted wanted(String room) {
        return new LinkTokens.Wanted(
                room, Permission.COMMENT, Duration.ofDays(30), Optional.of("u-1"), Optional.of("Ada"));
    }

    private static String token(LinkTokens tokens, LinkTokens.Wanted wanted) {
        assertThat(tokens).isInstanceOf(LinkTokens.Signed.class);
        return ((LinkTokens.Signed) tokens).make(wanted).text();
    }

    @ParameterizedTest
    @ValueSource(strings = {"HS256", "HS384", "HS512", "HS512,HS256"})
    @DisplayName("are accepted by this very server, for the room, and as what was asked for")
    void accepted(String algorithms) throws ParseException {
        String token =
                token(tokens("mode", "jwt", "jwt.secret", LONG_SECRET, "jwt.algorithms", algorithms), wanted("room"));
        RoomAccess door = Settings.jwt("secret", LONG_SECRET, "algorithms", algorithms);

        assertThat(SignedJWT.parse(token).getHeader().getAlgorithm().getName())
                .isEqualTo(algorithms.split(",", -1)[0]);
        assertThat(door.decide(withToken("room", token)))
                .isInstanceOfSatisfying(AccessDecision.Allowed.class, allowed -> {
                    assertThat(allowed.permission()).isEqualTo(Permission.COMMENT);
                    assertThat(allowed.userId()).isEqualTo("u-1");
                    assertThat(allowed.userName()).isEqualTo("Ada");
                    assertThat(allowed.expiresAt())
                            .isBetween(
                                    Instant.now().plus(Duration.ofDays(30)).minusSeconds(60),
                                    Instant.now().plus(Duration.ofDays(30)));
                });
        assertThat(door.decide(withToken("room2", token))).isInstanceOf(AccessDecision.Denied.class);
        assertThat(door.decide(withToken("roo", token))).isInstanceOf(AccessDecision.Denied.class);
    }

    @Test
    @DisplayName("have the claims and the audience that are set, and the secret of a file")
    void asSet() throws Exception {
        Path file = Files.writeString(folder.resolve("secret"), LONG_SECRET + "\n");
        String[] settings = {
            "secret-file", file.toString(),
            "audience[0]", "boards",
            "audience[1]", "others",
            "claims.rooms", "documents",
            "claims.permission", "may",
            "claims.user-id", "uid",
            "claims.name", "called"
        };
        String[] full = new String[settings.length + 2];
        full[0] = "mode";
        full[1] = "jwt";
        for (int i = 0; i < settings.length; i += 2) {
            full[i + 2] = "jwt." + settings[i];
            full[i + 3] = settings[i + 1];
        }
        String token = token(tokens(full), wanted("room"));

        assertThat(Settings.jwt(settings).decide(withToken("room", token)))
                .isInstanceOfSatisfying(AccessDecision.Allowed.class, allowed -> assertThat(allowed.userId())
                        .isEqualTo("u-1"));
        assertThat(SignedJWT.parse(token).getJWTClaimsSet().getAudience()).containsExactly("boards");
    }

    @ParameterizedTest
    @EnumSource(Permission.class)
    @DisplayName("permit what was asked for, and name nobody when nobody was named")
    void anonymous(Permission permission) {
        String token = token(
                tokens("mode", "jwt", "jwt.secret", LONG_SECRET),
                new LinkTokens.Wanted("room", permission, Duration.ofHours(1), Optional.empty(), Optional.empty()));

        assertThat(Settings.jwt("secret", LONG_SECRET).decide(withToken("room", token)))
                .isInstanceOfSatisfying(AccessDecision.Allowed.class, allowed -> {
                    assertThat(allowed.permission()).isEqualTo(permission);
                    assertThat(allowed.userId()).isNull();
                    assertThat(allowed.userName()).isNull();
                });
    }

    @Test
    @DisplayName("are for one room: a pattern is none")
    void noPattern() {
        LinkTokens tokens = tokens("mode", "jwt", "jwt.secret", LONG_SECRET);
        assertThatThrownBy(() -> token(tokens, wanted("room*"))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    @DisplayName("hold no longer than was said")
    void expire() {
        LinkTokens yesterday = new RoomAccessConfiguration()
                .linkTokens(Settings.access(Map.of("mode", "jwt", "jwt.secret", LONG_SECRET)), () -> Instant.now()
                        .minus(Duration.ofDays(31)));

        assertThat(Settings.jwt("secret", LONG_SECRET).decide(withToken("room", token(yesterday, wanted("room")))))
                .isInstanceOf(AccessDecision.Denied.class);
    }

    @Test
    @DisplayName("are not needed in open mode, and cannot be made without the secret")
    void elsewhere() {
        assertThat(tokens()).isEqualTo(new LinkTokens.NotNeeded());
        assertThat(tokens("mode", "webhook")).isInstanceOf(LinkTokens.NotPossible.class);
        assertThat(tokens("mode", "jwt", "jwt.jwks-uri", "https://example.com/keys"))
                .isInstanceOf(LinkTokens.NotPossible.class);
        assertThat(tokens("mode", "jwt", "jwt.public-key", Tokens.pem(Tokens.RSA.getPublic())))
                .isInstanceOf(LinkTokens.NotPossible.class);
    }

    @Test
    @DisplayName("never print the secret, nor themselves")
    void quiet() {
        LinkTokens tokens = tokens("mode", "jwt", "jwt.secret", LONG_SECRET);
        LinkTokens.Token token = ((LinkTokens.Signed) tokens).make(wanted("room"));

        assertThat(tokens.toString() + token).doesNotContain(LONG_SECRET, token.text());
    }
}

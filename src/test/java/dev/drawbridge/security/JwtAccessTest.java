package dev.drawbridge.security;

import static dev.drawbridge.security.Requests.request;
import static dev.drawbridge.security.Requests.withHeader;
import static dev.drawbridge.security.Requests.withToken;
import static dev.drawbridge.security.Tokens.SECRET;
import static dev.drawbridge.security.Tokens.claims;
import static dev.drawbridge.security.Tokens.ec;
import static dev.drawbridge.security.Tokens.pem;
import static dev.drawbridge.security.Tokens.signed;
import static dev.drawbridge.security.Tokens.unsigned;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jwt.JWTClaimsSet;
import dev.drawbridge.config.SettingException;
import dev.drawbridge.protocol.ObjectAccess;
import dev.drawbridge.protocol.RefusalReason;
import dev.drawbridge.security.AccessDecision.Allowed;
import dev.drawbridge.security.AccessDecision.Denied;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Access by token")
class JwtAccessTest {
    private static final String ROOM = "room";

    private final RoomAccess access = Settings.jwt("secret", SECRET);

    private static void assertThatItIsBad(RoomAccess access, String token) {
        assertThat(access.decide(withToken(ROOM, token))).isInstanceOfSatisfying(Denied.class, denied -> {
            assertThat(denied.reason()).isEqualTo(RefusalReason.NOT_AUTHENTICATED);
            for (String part : token.split("\\.", -1)) {
                assertThat(part.length() < 5 || !denied.why().contains(part)).isTrue();
            }
        });
    }

    private static void assertThatItIsGood(RoomAccess access, String token) {
        assertThat(access.decide(withToken(ROOM, token))).isInstanceOf(Allowed.class);
    }

    private void assertThatItIsForbidden(JWTClaimsSet.Builder claims) {
        assertThat(access.decide(withToken(ROOM, signed(claims))))
                .isInstanceOfSatisfying(
                        Denied.class, denied -> assertThat(denied.reason()).isEqualTo(RefusalReason.FORBIDDEN));
    }

    private Allowed allowed(JWTClaimsSet.Builder claims) {
        return (Allowed) access.decide(withToken(ROOM, signed(claims)));
    }

    @Nested
    @DisplayName("finds the token")
    class Lookup {
        private final RoomAccess withCookie = Settings.jwt("secret", SECRET, "cookie", "board");
        private final String good = signed(claims());

        @Test
        @DisplayName("nowhere: not authenticated")
        void nowhere() {
            assertThat(withCookie.decide(request(ROOM)))
                    .isEqualTo(new Denied(RefusalReason.NOT_AUTHENTICATED, "there is no token"));
        }

        @Test
        @DisplayName("in the query, in the header, in the cookie")
        void places() {
            assertThatItIsGood(withCookie, good);
            assertThat(withCookie.decide(withHeader(request(ROOM), "Authorization", "bearer " + good)))
                    .isInstanceOf(Allowed.class);
            assertThat(withCookie.decide(withHeader(request(ROOM), "cookie", "a=b; board=" + good + "; c=d")))
                    .isInstanceOf(Allowed.class);
        }

        @Test
        @DisplayName("in no cookie that is not named")
        void unnamedCookie() {
            assertThat(access.decide(withHeader(request(ROOM), "Cookie", "board=" + good)))
                    .isInstanceOf(Denied.class);
            assertThat(withCookie.decide(withHeader(request(ROOM), "Cookie", "xboard=" + good)))
                    .isInstanceOf(Denied.class);
        }

        @Test
        @DisplayName("first in the query: a bad one there is not made good by a cookie")
        void first() {
            assertThat(withCookie.decide(withHeader(withToken(ROOM, "bad"), "Cookie", "board=" + good)))
                    .isInstanceOf(Denied.class);
        }
    }

    @Nested
    @DisplayName("lets in")
    class Rights {

        @Test
        @DisplayName("who may edit, with name and end")
        void edit() {
            Instant end = Instant.now().plusSeconds(60).truncatedTo(ChronoUnit.SECONDS);

            assertThat(allowed(claims().expirationTime(Date.from(end))))
                    .isEqualTo(new Allowed(Permission.EDIT, "ada", "Ada Lovelace", end));
        }

        @Test
        @DisplayName("for ever, who has a token without an end")
        void noEnd() {
            assertThat(allowed(claims().expirationTime(null)).expiresAt()).isNull();
        }

        @Test
        @DisplayName("as a viewer, who has view or nothing said")
        void view() {
            assertThat(allowed(claims().claim("permission", "view")).permission())
                    .isEqualTo(Permission.VIEW);
            assertThat(allowed(claims().claim("permission", null)).permission()).isEqualTo(Permission.VIEW);
        }

        @Test
        @DisplayName("to comment, and with what is said of objects")
        void objects() {
            Allowed commenter = allowed(claims().claim("permission", "comment"));
            assertThat(commenter.permission()).isEqualTo(Permission.COMMENT);
            assertThat(commenter.objects()).isEqualTo(ObjectAccess.WRITE);
            assertThat(allowed(claims().claim("permission", "view")).objects()).isEqualTo(ObjectAccess.READ);
            assertThat(allowed(claims().claim("objectAccess", "read")).objects())
                    .isEqualTo(ObjectAccess.READ);
            assertThat(allowed(claims().claim("permission", "view").claim("objectAccess", "write"))
                            .objects())
                    .isEqualTo(ObjectAccess.WRITE);
            assertThatItIsForbidden(claims().claim("objectAccess", "Write"));
            assertThatItIsForbidden(claims().claim("objectAccess", true));
        }

        @Test
        @DisplayName("without the room's past, but for who is given it")
        void history() {
            assertThat(allowed(claims()).history()).isEqualTo(HistoryAccess.NONE);
            assertThat(allowed(claims().claim("history", "read")).history()).isEqualTo(HistoryAccess.READ);
            assertThat(allowed(claims().claim("history", "restore")).history()).isEqualTo(HistoryAccess.RESTORE);
            for (Object word : List.of("Read", "none", "", true, List.of("read"))) {
                assertThatItIsForbidden(claims().claim("history", word));
            }
        }

        @ParameterizedTest(name = "not with permission {0}")
        @ValueSource(strings = {"EDIT", "admin", "", " edit"})
        void unknownPermission(String permission) {
            assertThatItIsForbidden(claims().claim("permission", permission));
        }

        @Test
        @DisplayName("not with a permission that is no text")
        void oddPermission() {
            assertThatItIsForbidden(claims().claim("permission", List.of("edit")));
            assertThatItIsForbidden(claims().claim("permission", 1));
        }

        @Test
        @DisplayName("to the rooms of its token: one, several, by pattern")
        void rooms() {
            allowed(claims().claim("rooms", ROOM));
            allowed(claims().claim("rooms", List.of("other", "ro*")));
            assertThatItIsForbidden(claims().claim("rooms", "other"));
            assertThatItIsForbidden(claims().claim("rooms", List.of("other", "x*")));
        }

        @Test
        @DisplayName("to no room, when the token names none")
        void noRooms() {
            assertThatItIsForbidden(claims().claim("rooms", null));
            assertThatItIsForbidden(claims().claim("rooms", List.of()));
            assertThatItIsForbidden(claims().claim("rooms", 7));
            assertThatItIsForbidden(claims().claim("rooms", true));
            assertThatItIsForbidden(claims().claim("rooms", List.of(7, List.of("*"))));
        }

        @Test
        @DisplayName("by other claims, when others are set")
        void otherClaims() {
            RoomAccess other = Settings.jwt(
                    "secret",
                    SECRET,
                    "claims.rooms",
                    "https://example.com/boards",
                    "claims.permission",
                    "may",
                    "claims.user-id",
                    "uid",
                    "claims.name",
                    "called",
                    "claims.history",
                    "past");
            String token = signed(new JWTClaimsSet.Builder()
                    .claim("https://example.com/boards", ROOM)
                    .claim("may", "edit")
                    .claim("uid", 17)
                    .claim("past", "read")
                    .claim("called", "Grace"));

            assertThat(other.decide(withToken(ROOM, token)))
                    .isEqualTo(
                            new Allowed(Permission.EDIT, ObjectAccess.WRITE, HistoryAccess.READ, "17", "Grace", null));
        }
    }

    @Nested
    @DisplayName("refuses a token")
    class Bad {

        @Test
        @DisplayName("that has expired, or does not hold yet; within the clock skew it does")
        void time() {
            Instant now = Instant.now();
            assertThatItIsBad(access, signed(claims().expirationTime(Date.from(now.minusSeconds(40)))));
            assertThatItIsBad(access, signed(claims().notBeforeTime(Date.from(now.plusSeconds(40)))));
            assertThatItIsGood(access, signed(claims().expirationTime(Date.from(now.minusSeconds(20)))));
            assertThatItIsGood(access, signed(claims().notBeforeTime(Date.from(now.plusSeconds(20)))));
            assertThat(Objects.requireNonNull(allowed(claims().expirationTime(Date.from(now.minusSeconds(20))))
                            .expiresAt()))
                    .isAfter(now);
            Instant end = now.plusSeconds(20).truncatedTo(ChronoUnit.SECONDS);
            assertThat(allowed(claims().expirationTime(Date.from(end))).expiresAt())
                    .as("a session ends when its token does, not later")
                    .isEqualTo(end);
        }

        @Test
        @DisplayName("that was issued after its end")
        void confusedTimes() {
            assertThatItIsBad(
                    access, signed(claims().issueTime(Date.from(Instant.now().plusSeconds(7200)))));
        }

        @Test
        @DisplayName("that another secret signed")
        void otherSecret() {
            assertThatItIsBad(access, signed(claims(), "another secret of more than 32 bytes"));
        }

        @Test
        @DisplayName("of which somebody changed a claim")
        void changed() {
            String[] good = signed(claims()).split("\\.", -1);
            String[] other = signed(claims().subject("eve")).split("\\.", -1);
            assertThatItIsBad(access, good[0] + "." + other[1] + "." + good[2]);
        }

        @Test
        @DisplayName("that nobody signed")
        void none() {
            String claims = "{\"sub\":\"eve\",\"rooms\":\"*\",\"permission\":\"edit\"}";
            for (String algorithm : List.of("none", "None", "NONE", "nOnE", "")) {
                assertThatItIsBad(access, unsigned("{\"alg\":\"" + algorithm + "\"}", claims, ""));
            }
            assertThatItIsBad(access, unsigned("{}", claims, ""));
            assertThatItIsBad(access, unsigned("{\"alg\":\"HS256\"}", claims, ""));
        }

        @ParameterizedTest(name = "that is none: [{0}]")
        @ValueSource(strings = {"x", ".", "..", "a.b.c", "a.b.c.d.e", "{}", "e30.e30.e30", "☃"})
        void garbage(String token) {
            assertThatItIsBad(access, token);
        }

        @Test
        @DisplayName("that is signed with the public key as if it were a secret")
        void keyConfusion() {
            String pem = pem(Tokens.RSA.getPublic());
            RoomAccess rsa = Settings.jwt("public-key", pem);
            for (byte[] secret : List.of(
                    pem.getBytes(StandardCharsets.UTF_8), Tokens.RSA.getPublic().getEncoded())) {
                assertThatItIsBad(rsa, signed(claims(), JWSAlgorithm.HS256, secret));
            }
        }

        @Test
        @DisplayName("with another algorithm than the one that is set")
        void otherAlgorithm() {
            RoomAccess rsa = Settings.jwt("public-key", pem(Tokens.RSA.getPublic()));
            assertThatItIsGood(rsa, signed(claims(), JWSAlgorithm.RS256, "any", Tokens.RSA));
            assertThatItIsBad(rsa, signed(claims(), JWSAlgorithm.RS512, null, Tokens.RSA));
            assertThatItIsBad(rsa, signed(claims(), JWSAlgorithm.PS256, null, Tokens.RSA));

            RoomAccess pss = Settings.jwt("public-key", pem(Tokens.RSA.getPublic()), "algorithms", "PS256,RS512");
            assertThatItIsGood(pss, signed(claims(), JWSAlgorithm.PS256, null, Tokens.RSA));
            assertThatItIsGood(pss, signed(claims(), JWSAlgorithm.RS512, null, Tokens.RSA));
            assertThatItIsBad(pss, signed(claims(), JWSAlgorithm.RS256, null, Tokens.RSA));
        }

        @Test
        @DisplayName("that brings its own key along")
        void ownKey() {
            RoomAccess rsa = Settings.jwt("public-key", pem(Tokens.RSA.getPublic()));
            assertThatItIsBad(rsa, signed(claims(), JWSAlgorithm.RS256, null, Tokens.rsa(2048)));
        }

        @Test
        @DisplayName("for another audience")
        void audience() {
            RoomAccess ours = Settings.jwt("secret", SECRET, "audience", "boards,drawbridge");
            assertThatItIsGood(ours, signed(claims().audience(List.of("x", "drawbridge"))));
            assertThatItIsGood(ours, signed(claims().audience("boards")));
            assertThatItIsBad(ours, signed(claims().audience("x")));
            assertThatItIsBad(ours, signed(claims()));
        }
    }

    @Nested
    @DisplayName("takes a key")
    class Keys {

        @ParameterizedTest(name = "on the curve {0}, which means {1}")
        @CsvSource({"secp256r1,ES256", "secp384r1,ES384", "secp521r1,ES512"})
        void curves(String curve, String algorithm) {
            KeyPair keys = ec(curve);
            RoomAccess ec = Settings.jwt("public-key", pem(keys.getPublic()));
            assertThatItIsGood(ec, signed(claims(), new JWSAlgorithm(algorithm), null, keys));
            assertThatItIsBad(ec, signed(claims(), new JWSAlgorithm(algorithm), null, ec(curve)));
        }

        @Test
        @DisplayName("from a file")
        void files(@TempDir Path folder) throws IOException {
            Path pem = Files.writeString(folder.resolve("key.pem"), pem(Tokens.RSA.getPublic()));
            String token = signed(claims(), JWSAlgorithm.RS256, null, Tokens.RSA);
            assertThatItIsGood(Settings.jwt("public-key", pem.toString()), token);
            assertThatItIsGood(Settings.jwt("public-key", pem.toUri().toString()), token);

            Path secret = Files.writeString(folder.resolve("secret"), SECRET + "\n");
            assertThatItIsGood(Settings.jwt("secret-file", secret.toString()), signed(claims()));
        }
    }

    @Nested
    @DisplayName("does not start")
    class BadSettings {

        private static void assertThatItFails(@Nullable String hidden, String expected, String... settings) {
            assertThatThrownBy(() -> Settings.jwt(settings)).isInstanceOfSatisfying(SettingException.class, e -> {
                assertThat(e.getMessage()).contains(expected);
                assertThat(e.remedy()).isNotBlank();
                if (hidden != null) {
                    assertThat(e.getMessage() + e.remedy()).doesNotContain(hidden);
                }
            });
        }

        @Test
        @DisplayName("without a key, or with two")
        void sources() {
            assertThatItFails(null, "none is set");
            assertThatItFails(
                    SECRET, "jwt.secret, drawbridge.access.jwt.jwks-uri", "secret", SECRET, "jwks-uri", "http://x/");
        }

        @Test
        @DisplayName("with a secret that is too short, whose text it keeps to itself")
        void shortSecret(@TempDir Path folder) throws IOException {
            assertThatItFails("hunter2", "drawbridge.access.jwt.secret holds a secret of 7 bytes", "secret", "hunter2");
            Path file = Files.writeString(folder.resolve("secret"), "hunter2\n");
            assertThatItFails("hunter2", "jwt.secret-file holds a secret of 7 bytes", "secret-file", file.toString());
            assertThatItFails(null, "cannot be read (NoSuchFileException)", "secret-file", file + "x");
        }

        @Test
        @DisplayName("with a key that is none, too short, or private")
        void keys(@TempDir Path folder) {
            assertThatItFails(
                    null,
                    "-key is an RSA key of 1024 bits",
                    "public-key",
                    pem(Tokens.rsa(1024).getPublic()));
            assertThatItFails(
                    null,
                    "public-key is a private key",
                    "public-key",
                    "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----");
            assertThatItFails(
                    null,
                    "cannot be read as",
                    "public-key",
                    "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----");
            assertThatItFails(
                    null,
                    "cannot be read (",
                    "public-key",
                    folder.resolve("none").toString());
        }

        @Test
        @DisplayName("with an algorithm that the key cannot have")
        void algorithms() {
            String pem = pem(Tokens.RSA.getPublic());
            assertThatItFails(
                    null, "HS256, which is not possible with an RSA", "public-key", pem, "algorithms", "HS256");
            assertThatItFails(null, "none, which is not possible", "public-key", pem, "algorithms", "RS256,none");
            assertThatItFails(null, "HS512, which is not possible", "secret", SECRET, "algorithms", "HS512");
            assertThatItFails(null, "HS256", "jwks-uri", "https://localhost/keys", "algorithms", "HS256");
        }

        @ParameterizedTest(name = "with an address that is none: {0}")
        @ValueSource(strings = {"keys.json", "file:///etc/passwd", "//host/x", "ftp://x/", "https:/x"})
        void addresses(String address) {
            assertThatItFails(null, "jwks-uri = " + address, "jwks-uri", address);
            assertThatItFails(null, "issuer-uri = " + address, "issuer-uri", address);
        }
    }
}

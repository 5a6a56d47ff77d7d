package dev.drawbridge.security;

import static dev.drawbridge.security.Tokens.SECRET;
import static dev.drawbridge.security.Tokens.claims;
import static dev.drawbridge.security.Tokens.signed;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.drawbridge.protocol.RefusalReason;
import dev.drawbridge.security.AccessDecision.Allowed;
import dev.drawbridge.security.CallerDecision.Granted;
import dev.drawbridge.security.CallerDecision.NameTheRoom;
import dev.drawbridge.security.CallerDecision.Refused;
import dev.drawbridge.security.CallerDecision.TooOften;
import dev.drawbridge.security.CallerDecision.Unavailable;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpHeaders;
import org.springframework.util.LinkedMultiValueMap;

@DisplayName("Who asks by a plain HTTP request")
class CallerAccessTest {
    private final AddressRate rate = new AddressRate(2, Duration.ofMinutes(1), () -> 0);

    private static Caller caller() {
        return new Caller(new LinkedMultiValueMap<>(), new HttpHeaders(), "192.0.2.7");
    }

    private static Caller with(JWTClaimsSet.Builder claims) {
        Caller caller = caller();
        caller.query().add("token", signed(claims));
        return caller;
    }

    private static Caller bearing(JWTClaimsSet.Builder claims) {
        Caller caller = caller();
        caller.headers().setBearerAuth(signed(claims));
        return caller;
    }

    @Nested
    @DisplayName("in open mode")
    class Open {
        private final CallerAccess access = new CallerAccess(new OpenAccess(HistoryAccess.NONE));

        @Test
        @DisplayName("may, with and without a room")
        void anybody() {
            assertThat(access.decide(caller(), Optional.of("a"), Permission.EDIT, rate))
                    .isEqualTo(new Granted(Optional.of("a"), new Allowed(Permission.EDIT, null, null, null)));
            assertThat(access.decide(caller(), Optional.empty(), Permission.EDIT, rate))
                    .isEqualTo(new Granted(Optional.empty(), new Allowed(Permission.EDIT, null, null, null)));
        }

        @Test
        @DisplayName("may so often")
        void rate() {
            for (String room : List.of("a", "b")) {
                assertThat(access.decide(caller(), Optional.of(room), Permission.VIEW, rate))
                        .isInstanceOf(Granted.class);
            }
            assertThat(access.decide(caller(), Optional.of("b"), Permission.VIEW, rate))
                    .isEqualTo(new TooOften(Duration.ofSeconds(30)));
        }
    }

    @Nested
    @DisplayName("with a token")
    class Token {
        private final CallerAccess access = new CallerAccess(Settings.jwt("secret", SECRET));

        private CallerDecision decide(Caller caller, String room) {
            return access.decide(caller, Optional.of(room), Permission.EDIT, rate);
        }

        private CallerDecision decide(Caller caller) {
            return access.decide(caller, Optional.empty(), Permission.EDIT, rate);
        }

        @Test
        @DisplayName("may edit what it is for, as often as they like")
        void covered() {
            for (int i = 0; i < 10; i++) {
                assertThat(decide(bearing(claims().claim("rooms", "team-*")), "team-a"))
                        .isInstanceOfSatisfying(Granted.class, granted -> {
                            assertThat(granted.room()).contains("team-a");
                            assertThat(granted.who().userId()).isEqualTo("ada");
                        });
            }
        }

        @Test
        @DisplayName("may not edit what it is not for")
        void uncovered() {
            assertThat(decide(with(claims().claim("rooms", "team-*")), "other"))
                    .isInstanceOfSatisfying(
                            Refused.class, no -> assertThat(no.reason()).isEqualTo(RefusalReason.FORBIDDEN));
        }

        @Test
        @DisplayName("for viewers may see, and not edit")
        void viewer() {
            JWTClaimsSet.Builder viewer = claims().claim("permission", "view");
            assertThat(access.decide(with(viewer), Optional.of("a"), Permission.VIEW, rate))
                    .isInstanceOf(Granted.class);
            assertThat(decide(with(viewer), "a"))
                    .isEqualTo(new Refused(RefusalReason.FORBIDDEN, "it is for those who may edit"));
            assertThat(decide(with(viewer)))
                    .isEqualTo(new Refused(RefusalReason.FORBIDDEN, "it is for those who may edit"));
        }

        @Test
        @DisplayName("means its room when it is for one")
        void one() {
            for (Object rooms : List.of("a", List.of("a"))) {
                assertThat(decide(with(claims().claim("rooms", rooms))))
                        .isInstanceOfSatisfying(
                                Granted.class, yes -> assertThat(yes.room()).contains("a"));
            }
        }

        @Test
        @DisplayName("means no room when it is for several")
        void several() {
            for (Object rooms : List.of("*", "a*", List.of("a", "b"))) {
                assertThat(decide(with(claims().claim("rooms", rooms))))
                        .isInstanceOfSatisfying(
                                Granted.class, yes -> assertThat(yes.room()).isEmpty());
            }
        }

        @Test
        @DisplayName("that is for no room may nothing")
        void none() {
            for (Object rooms : List.of(List.of(), 7)) {
                assertThat(decide(with(claims().claim("rooms", rooms))))
                        .isEqualTo(new Refused(RefusalReason.FORBIDDEN, "the token covers no room"));
            }
            assertThat(decide(with(claims().claim("rooms", null)))).isInstanceOf(Refused.class);
        }

        @ParameterizedTest(name = "{0}")
        @ValueSource(strings = {"", "not.a.token"})
        @DisplayName("that is none, or is bad, is nobody")
        void nobody(String token) {
            Caller caller = caller();
            caller.query().add("token", token);
            for (CallerDecision decision : List.of(decide(caller), decide(caller, "a"))) {
                assertThat(decision).isInstanceOfSatisfying(Refused.class, no -> assertThat(no.reason())
                        .isEqualTo(RefusalReason.NOT_AUTHENTICATED));
            }
        }
    }

    @Nested
    @DisplayName("for a room's past")
    class Past {

        private CallerDecision decide(RoomAccess access, Caller caller, HistoryAccess needed) {
            return new CallerAccess(access).decide(caller, "a", needed, rate);
        }

        private CallerDecision byToken(String history, String permission, HistoryAccess needed) {
            JWTClaimsSet.Builder claims = claims().claim("rooms", "a").claim("permission", permission);
            return decide(Settings.jwt("secret", SECRET), bearing(claims.claim("history", history)), needed);
        }

        @ParameterizedTest(name = "with history {0} and permission {1}: read {2}, restore {3}")
        @CsvSource(delimiter = '|', nullValues = "none", textBlock = """
                read    | view    | true  | false
                read    | edit    | true  | false
                restore | view    | true  | false
                restore | comment | true  | false
                restore | edit    | true  | true
                none    | edit    | false | false
                """)
        @DisplayName("needs the claim, and permission to edit for bringing it back")
        void claim(String history, String permission, boolean read, boolean restore) {
            assertThat(byToken(history, permission, HistoryAccess.READ) instanceof Granted)
                    .isEqualTo(read);
            assertThat(byToken(history, permission, HistoryAccess.RESTORE) instanceof Granted)
                    .isEqualTo(restore);
        }

        @Test
        @DisplayName("is told that it is forbidden without the claim, and with a token for another room")
        void forbidden() {
            RoomAccess access = Settings.jwt("secret", SECRET);
            for (JWTClaimsSet.Builder claims : List.of(
                    claims().claim("rooms", "a"), claims().claim("rooms", "b").claim("history", "restore"))) {
                assertThat(decide(access, bearing(claims), HistoryAccess.READ))
                        .isInstanceOfSatisfying(
                                Refused.class, no -> assertThat(no.reason()).isEqualTo(RefusalReason.FORBIDDEN));
            }
        }

        @Test
        @DisplayName("is let in by no other's decision that says nothing of it")
        void others() {
            assertThat(decide(request -> new Allowed(Permission.EDIT, null, null, null), caller(), HistoryAccess.READ))
                    .isInstanceOf(Refused.class);
        }

        @Test
        @DisplayName("may in open mode what is set, so often")
        void open() {
            assertThat(decide(new OpenAccess(HistoryAccess.NONE), caller(), HistoryAccess.READ))
                    .isInstanceOf(Refused.class);
            assertThat(decide(new OpenAccess(HistoryAccess.RESTORE), caller(), HistoryAccess.RESTORE))
                    .isInstanceOf(Granted.class);
            assertThat(decide(new OpenAccess(HistoryAccess.RESTORE), caller(), HistoryAccess.RESTORE))
                    .isEqualTo(new TooOften(Duration.ofSeconds(30)));
        }
    }

    @Nested
    @DisplayName("when others decide")
    class Others {

        @Test
        @DisplayName("has to name the room")
        void withoutRoom() {
            CallerAccess access =
                    new CallerAccess(request -> new Allowed(Permission.EDIT, request.roomId(), null, null));
            assertThat(access.decide(caller(), Optional.empty(), Permission.EDIT, rate))
                    .isEqualTo(new NameTheRoom());
            assertThat(access.decide(caller(), Optional.of("a"), Permission.EDIT, rate))
                    .isEqualTo(new Granted(Optional.of("a"), new Allowed(Permission.EDIT, "a", null, null)));
        }

        @Test
        @DisplayName("is told to come back when these cannot tell, or fail")
        void unavailable() {
            CallerAccess away = new CallerAccess(request -> new AccessDecision.Unavailable("away"));
            assertThat(away.decide(caller(), Optional.of("a"), Permission.EDIT, rate))
                    .isEqualTo(new Unavailable("away"));
            CallerAccess broken = new CallerAccess(request -> {
                throw new IllegalStateException("broken");
            });
            assertThat(broken.decide(caller(), Optional.of("a"), Permission.EDIT, rate))
                    .isInstanceOf(Unavailable.class);
        }
    }
}

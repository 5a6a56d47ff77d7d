package dev.drawbridge.security;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.drawbridge.config.AccessProperties;
import dev.drawbridge.host.RoomPattern;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.Optional;

/** What it takes to make a link by which somebody comes into a room of this server. */
public sealed interface LinkTokens {

    /** Nothing: everybody may enter every room and edit it. */
    record NotNeeded() implements LinkTokens {}

    /**
     * It cannot be done here.
     *
     * @param why for who asks
     */
    record NotPossible(String why) implements LinkTokens {}

    /**
     * A token to be made.
     *
     * @param roomId the one room that it is for
     * @param userId who it is for, if that is known
     * @param name what that person is called, if that is known
     */
    record Wanted(
            String roomId, Permission permission, Duration holds, Optional<String> userId, Optional<String> name) {}

    /** A token, and when it ends. Whoever has it is let in. */
    record Token(String text, Instant expires) {

        /** Without the token. */
        @Override
        public String toString() {
            return "Token[expires=" + expires + "]";
        }
    }

    /** Signs tokens with the secret that this server knows: it lets in who brings one, as it would with yours. */
    final class Signed implements LinkTokens {
        private final SharedSecret secret;
        private final AccessProperties.Jwt settings;
        private final InstantSource clock;

        Signed(SharedSecret secret, AccessProperties.Jwt settings, InstantSource clock) {
            this.secret = secret;
            this.settings = settings;
            this.clock = clock;
        }

        public Token make(Wanted wanted) {
            if (!RoomPattern.isOneRoom(wanted.roomId())) {
                throw new IllegalArgumentException("not the id of one room");
            }
            Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS); // as tokens know it
            Instant expires = now.plus(wanted.holds());
            JWTClaimsSet.Builder claims = new JWTClaimsSet.Builder()
                    .issueTime(Date.from(now))
                    .expirationTime(Date.from(expires))
                    .claim(settings.claims().permission(), wanted.permission().word())
                    .claim(settings.claims().rooms(), wanted.roomId());
            settings.audience().stream().findFirst().ifPresent(claims::audience);
            wanted.name().ifPresent(name -> claims.claim(settings.claims().name(), name));
            wanted.userId().ifPresent(id -> claims.claim(settings.claims().userId(), id));
            return new Token(sign(claims.build()), expires);
        }

        private String sign(JWTClaimsSet claims) {
            try {
                SignedJWT token = new SignedJWT(new JWSHeader(secret.algorithm()), claims);
                token.sign(new MACSigner(secret.key()));
                return token.serialize();
            } catch (JOSEException e) {
                throw new IllegalStateException("a secret that verifies does not sign", e);
            }
        }
    }
}

package dev.drawbridge.security;

import dev.drawbridge.config.AccessProperties.Claims;
import dev.drawbridge.protocol.RefusalReason;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.jwt.Jwt;

/** Lets in who brings a signed token that covers the room. */
final class JwtAccess implements RoomAccess {
    private final TokenLookup tokens;
    private final TokenVerifier verifier;
    private final Claims claims;
    private final Duration clockSkew;
    private final InstantSource clock;

    JwtAccess(TokenLookup tokens, TokenVerifier verifier, Claims claims, Duration clockSkew, InstantSource clock) {
        this.tokens = tokens;
        this.verifier = verifier;
        this.claims = claims;
        this.clockSkew = clockSkew;
        this.clock = clock;
    }

    @Override
    public AccessDecision decide(AccessRequest request) {
        Optional<String> token = tokens.find(request);
        if (token.isEmpty()) {
            return new AccessDecision.Denied(RefusalReason.NOT_AUTHENTICATED, "there is no token");
        }
        return switch (verifier.verify(token.get())) {
            case TokenVerifier.Good(Jwt jwt) -> decide(jwt, request.roomId());
            case TokenVerifier.Bad(String why) -> new AccessDecision.Denied(RefusalReason.NOT_AUTHENTICATED, why);
            case TokenVerifier.Unknown(String why) -> new AccessDecision.Unavailable(why);
        };
    }

    private AccessDecision decide(Jwt jwt, String roomId) {
        if (!covers(jwt.getClaims().get(claims.rooms()), roomId)) {
            return forbidden("the token does not cover the room");
        }
        Object permission = jwt.getClaims().get(claims.permission());
        // A forgotten claim that gives too little is noticed; one that gives too much is not.
        Optional<Permission> permitted = permission == null ? Optional.of(Permission.VIEW) : Permission.of(permission);
        if (permitted.isEmpty()) {
            return forbidden("the token's permission is neither edit nor view");
        }
        return new AccessDecision.Allowed(
                permitted.get(), text(jwt, claims.userId()), text(jwt, claims.name()), end(jwt.getExpiresAt()));
    }

    private static boolean covers(@Nullable Object rooms, String roomId) {
        Collection<?> patterns =
                rooms instanceof Collection<?> several ? several : rooms == null ? List.of() : List.of(rooms);
        return patterns.stream()
                .anyMatch(pattern -> pattern instanceof String text && RoomPattern.matches(text, roomId));
    }

    /** A token that is let in within the skew, when its time is over, must not be thrown out at once. */
    private @Nullable Instant end(@Nullable Instant expiry) {
        return expiry == null || expiry.isAfter(clock.instant()) ? expiry : expiry.plus(clockSkew);
    }

    private static @Nullable String text(Jwt jwt, String claim) {
        return switch (jwt.getClaims().get(claim)) {
            case String text -> text;
            case Number number -> number.toString();
            case null, default -> null;
        };
    }

    private static AccessDecision forbidden(String why) {
        return new AccessDecision.Denied(RefusalReason.FORBIDDEN, why);
    }
}

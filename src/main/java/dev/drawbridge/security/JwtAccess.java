package dev.drawbridge.security;

import dev.drawbridge.config.AccessProperties.Claims;
import dev.drawbridge.host.RoomPattern;
import dev.drawbridge.protocol.ObjectAccess;
import dev.drawbridge.protocol.RefusalReason;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
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
        return decide(
                tokens.find(request.query(), request.headers()),
                rooms -> rooms.anyMatch(pattern -> RoomPattern.matches(pattern, request.roomId())),
                "the token does not cover the room");
    }

    /** A token says which rooms it is for: what it permits there is permitted, and when it is for one, that is meant. */
    @Override
    public RoomlessDecision decideWithoutRoom(Caller caller) {
        List<String> covered = new ArrayList<>();
        AccessDecision decision = decide(
                tokens.find(caller.query(), caller.headers()),
                rooms -> {
                    rooms.forEach(covered::add);
                    return !covered.isEmpty();
                },
                "the token covers no room");
        boolean one = covered.size() == 1 && RoomPattern.isOneRoom(covered.getFirst());
        return new RoomlessDecision.Told(decision, one ? Optional.of(covered.getFirst()) : Optional.empty());
    }

    /** Those that the token names. */
    @Override
    public List<String> rooms(Caller caller) {
        List<String> covered = new ArrayList<>();
        AccessDecision decision = decide(
                tokens.find(caller.query(), caller.headers()),
                rooms -> {
                    rooms.forEach(covered::add);
                    return true;
                },
                "");
        return decision instanceof AccessDecision.Allowed ? List.copyOf(covered) : List.of();
    }

    private AccessDecision decide(Optional<String> token, Predicate<Stream<String>> coverage, String uncovered) {
        if (token.isEmpty()) {
            return new AccessDecision.Denied(RefusalReason.NOT_AUTHENTICATED, "there is no token");
        }
        return switch (verifier.verify(token.get())) {
            case TokenVerifier.Good(Jwt jwt) -> coverage.test(rooms(jwt)) ? permitted(jwt) : forbidden(uncovered);
            case TokenVerifier.Bad(String why) -> new AccessDecision.Denied(RefusalReason.NOT_AUTHENTICATED, why);
            case TokenVerifier.Unknown(String why) -> new AccessDecision.Unavailable(why);
        };
    }

    private AccessDecision permitted(Jwt jwt) {
        Object permission = jwt.getClaims().get(claims.permission());
        // A forgotten claim that gives too little is noticed; one that gives too much is not.
        Optional<Permission> permitted = permission == null ? Optional.of(Permission.VIEW) : Permission.of(permission);
        if (permitted.isEmpty()) {
            return forbidden("the token's permission is none of edit, comment and view");
        }
        Object objectAccess = jwt.getClaims().get(claims.objectAccess());
        Optional<ObjectAccess> objects =
                objectAccess == null ? Optional.of(permitted.get().objects()) : ObjectAccess.of(objectAccess);
        if (objects.isEmpty()) {
            return forbidden("the token's access to objects is neither read nor write");
        }
        Object past = jwt.getClaims().get(claims.history());
        Optional<HistoryAccess> history = past == null ? Optional.of(HistoryAccess.NONE) : HistoryAccess.of(past);
        if (history.isEmpty()) {
            return forbidden("the token's access to history is neither read nor restore");
        }
        return new AccessDecision.Allowed(
                permitted.get(),
                objects.get(),
                history.get(),
                text(jwt, claims.userId()),
                text(jwt, claims.name()),
                end(jwt.getExpiresAt()));
    }

    /** Ids of rooms, and patterns. */
    private Stream<String> rooms(Jwt jwt) {
        Object rooms = jwt.getClaims().get(claims.rooms());
        Collection<?> patterns =
                rooms instanceof Collection<?> several ? several : rooms == null ? List.of() : List.of(rooms);
        return patterns.stream().filter(String.class::isInstance).map(String.class::cast);
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

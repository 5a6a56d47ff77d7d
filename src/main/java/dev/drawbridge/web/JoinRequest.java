package dev.drawbridge.web;

import dev.drawbridge.room.Rights;
import dev.drawbridge.room.RoomId;
import dev.drawbridge.room.Visitor;
import dev.drawbridge.security.AccessDecision.Allowed;
import dev.drawbridge.security.AccessRequest;
import dev.drawbridge.security.Permission;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.util.MultiValueMap;
import org.springframework.web.util.UriUtils;

/**
 * What the URL of a WebSocket asks for.
 *
 * @param roomId empty when the URL names no valid room
 * @param query decoded, as forms are
 */
record JoinRequest(Optional<String> roomId, String sessionId, boolean readonly, MultiValueMap<String, String> query) {
    static final String PATH = "/connect/";

    /** Where one of tldraw's templates looks for rooms. */
    static final String API_PATH = "/api" + PATH;

    /** tldraw's own are 47 characters long. */
    private static final int MAX_SESSION_ID_LENGTH = 200;

    /** Both as they were sent. */
    static JoinRequest of(String path, @Nullable String rawQuery) {
        int start = path.indexOf(PATH);
        String room = start < 0 ? "" : decoded(path.substring(start + PATH.length()));
        MultiValueMap<String, String> query = FormQuery.of(rawQuery);
        String sessionId = Optional.ofNullable(query.getFirst("sessionId"))
                .filter(JoinRequest::isSessionId)
                .orElseGet(() -> UUID.randomUUID().toString());
        return new JoinRequest(RoomId.of(room), sessionId, "true".equals(query.getFirst("readonly")), query);
    }

    /** It is written to logs: a line break in it would make lines of its own. */
    private static boolean isSessionId(String text) {
        return !text.isBlank()
                && text.length() <= MAX_SESSION_ID_LENGTH
                && text.chars().noneMatch(Character::isISOControl);
    }

    private static String decoded(String text) {
        try {
            return UriUtils.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text; // a stray percent sign
        }
    }

    /** The question whether the one who asks may enter the room. */
    AccessRequest accessRequest(String room, HttpHeaders headers, String remoteAddress) {
        return new AccessRequest(room, query, headers, remoteAddress);
    }

    /** Who enters, when that is allowed: with what was asked for, but never with more than is allowed. */
    Visitor visitor(Allowed allowed) {
        return new Visitor(
                sessionId,
                readonly ? Rights.VIEWER : new Rights(allowed.permission() != Permission.EDIT, allowed.objects()),
                allowed.userId(),
                allowed.userName(),
                milliseconds(allowed.expiresAt()));
    }

    private static long milliseconds(@Nullable Instant end) {
        return end == null || end.isAfter(Instant.ofEpochMilli(Long.MAX_VALUE)) ? Long.MAX_VALUE : end.toEpochMilli();
    }
}

package dev.drawbridge.config.metrics;

import dev.drawbridge.protocol.Limit;
import dev.drawbridge.protocol.RefusalReason;

/** What the names in the counters mean, in a sentence for who runs the server. */
public final class Meanings {

    private Meanings() {}

    /** What a limit bounds, what happens beyond it, and which setting raises it. */
    public static String of(Limit limit) {
        return switch (limit) {
            case MESSAGE_LENGTH ->
                "A client sent a message that is too long, and was sent away with MESSAGE_TOO_LARGE;"
                        + " drawbridge.limits.message-length raises it.";
            case CHUNKS ->
                "A client sent a message in too many pieces, and was sent away; drawbridge.limits.chunks raises it.";
            case MEMORY ->
                "What clients sent takes more memory than there is for it, so that one was cut off and came back;"
                        + " a larger heap raises it.";
            case JSON_DEPTH ->
                "A client sent JSON that is nested too deep, and was sent away; drawbridge.limits.json-depth raises it.";
            case PUSH_RATE ->
                "A client sent too many messages for too long, and was sent away with RATE_LIMITED;"
                        + " drawbridge.limits.messages-per-second raises it.";
            case BYTE_RATE ->
                "A client sent too much for too long, and was sent away with RATE_LIMITED;"
                        + " drawbridge.limits.bytes-per-second raises it.";
            case OUTBOX ->
                "A client read too slowly, so that too much waited for it: it was cut off and came back;"
                        + " drawbridge.limits.outbox raises it.";
            case SESSIONS_PER_ROOM ->
                "Somebody came to a room that was full, and was sent away with ROOM_FULL;"
                        + " drawbridge.limits.sessions-per-room raises it.";
            case EDITORS_PER_ROOM ->
                "Somebody came to a room in which as many edit as may, and could only look on;"
                        + " drawbridge.limits.editors-per-room raises it.";
            case RECORDS_PER_ROOM ->
                "A change by which a room would have had too many records was not taken;"
                        + " drawbridge.limits.records-per-room raises it.";
            case BYTES_PER_ROOM ->
                "A change by which a room would have become too large was not taken;"
                        + " drawbridge.limits.bytes-per-room raises it.";
            case PRESENCE_BYTES ->
                "A client's presence, such as its cursor and selection, was too large, and it was sent away;"
                        + " drawbridge.limits.presence raises it.";
            case RECORD_BYTES ->
                "A change by which a record, such as a long text, would have become too large was not taken;"
                        + " drawbridge.limits.record raises it.";
            case ROOMS ->
                "A room was to be opened when as many were open as may be, and its client was told to come back;"
                        + " drawbridge.limits.rooms raises it.";
            case CONNECTIONS ->
                "Somebody came when as many sockets were open as may be, and was told to come back;"
                        + " drawbridge.limits.connections raises it.";
            case CONNECTION_RATE ->
                "Too many sockets were opened from one address within a minute, and more were told to come back;"
                        + " drawbridge.limits.connections-per-minute raises it.";
        };
    }

    /** Why somebody was sent away for good, and what can be done about it. */
    public static String of(RefusalReason reason) {
        return switch (reason) {
            case NOT_FOUND -> "The room was deleted while somebody was in it, or the access check knows no such room.";
            case FORBIDDEN ->
                "Somebody may not enter the room by their token or the access check, or an operator sent them away.";
            case NOT_AUTHENTICATED ->
                "Somebody came without a token, or with one that is wrong or has expired; the log tells which.";
            case UNKNOWN_ERROR -> "The server could not tell why; the log tells more.";
            case CLIENT_TOO_OLD ->
                "A client speaks a protocol or a schema that is too old: its application needs a newer tldraw.";
            case SERVER_TOO_OLD ->
                "A client has a newer schema than this server: update the server, or add what its schema has that tldraw's has not.";
            case INVALID_RECORD ->
                "A client sent what a room cannot take, such as a record of an unknown type; the log tells what was wrong.";
            case RATE_LIMITED -> "A client sent too much for too long; see the limits below.";
            case ROOM_FULL -> "A room had as many people in it as it may have; see the limits below.";
            case MESSAGE_TOO_LARGE -> "A client sent a message that is too long; see the limits below.";
        };
    }
}

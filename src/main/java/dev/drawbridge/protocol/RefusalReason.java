package dev.drawbridge.protocol;

/** Why a session is refused for good; the name is what a client receives with close code 4099 (§7). */
public enum RefusalReason implements CloseReason {
    NOT_FOUND,
    FORBIDDEN,
    NOT_AUTHENTICATED,
    UNKNOWN_ERROR,
    CLIENT_TOO_OLD,
    SERVER_TOO_OLD,
    INVALID_RECORD,
    RATE_LIMITED,
    ROOM_FULL,
    /** Known to clients from tldraw 5.5 on; older ones show it as it is. */
    MESSAGE_TOO_LARGE;

    @Override
    public String text() {
        return name();
    }

    @Override
    public RefusalReason kind() {
        return this;
    }

    /** The word for it in an {@code incompatibility_error}, which clients before protocol 7 understand. */
    public String legacyName() {
        return switch (this) {
            case CLIENT_TOO_OLD -> "clientTooOld";
            case SERVER_TOO_OLD -> "serverTooOld";
            case INVALID_RECORD -> "invalidRecord";
            case NOT_FOUND, FORBIDDEN, NOT_AUTHENTICATED, UNKNOWN_ERROR, RATE_LIMITED, ROOM_FULL, MESSAGE_TOO_LARGE ->
                "invalidOperation";
        };
    }
}

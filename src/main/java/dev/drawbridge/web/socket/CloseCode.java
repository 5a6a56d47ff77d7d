package dev.drawbridge.web.socket;

/** Codes with which a WebSocket ends (RFC 6455, 7.4). */
final class CloseCode {
    static final int PROTOCOL_ERROR = 1002;

    /** A text that is not UTF-8. */
    static final int INVALID_DATA = 1007;

    static final int SERVER_ERROR = 1011;

    private CloseCode() {}

    /** Whether a close frame may carry it: some are only for what an end looks like to the one who was left. */
    static boolean mayBeSent(int code) {
        return (code >= 1000 && code <= 1003) || (code >= 1007 && code <= 1014) || (code >= 3000 && code <= 4999);
    }
}

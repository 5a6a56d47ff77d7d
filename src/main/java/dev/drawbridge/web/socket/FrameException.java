package dev.drawbridge.web.socket;

/** A client does not speak WebSocket as it should: the socket is closed with the code. */
final class FrameException extends Exception {
    private final int closeCode;

    FrameException(int closeCode, String message) {
        super(message);
        this.closeCode = closeCode;
    }

    int closeCode() {
        return closeCode;
    }
}

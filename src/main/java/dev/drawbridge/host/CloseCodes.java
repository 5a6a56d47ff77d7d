package dev.drawbridge.host;

/** WebSocket close codes after which a client connects again by itself (§7). */
final class CloseCodes {
    /** The session is over without anybody's fault: lost, replaced, or silent. */
    static final int NORMAL = 1000;

    /** The server goes away or hands the room over. */
    static final int SERVICE_RESTART = 1012;

    /** The server cannot serve this client now. */
    static final int TRY_AGAIN_LATER = 1013;

    private CloseCodes() {}
}

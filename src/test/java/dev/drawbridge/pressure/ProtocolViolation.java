package dev.drawbridge.pressure;

/** The server has sent what RFC 6455 does not allow. */
final class ProtocolViolation extends RuntimeException {
    private static final long serialVersionUID = 1;

    ProtocolViolation(String message) {
        super(message);
    }
}

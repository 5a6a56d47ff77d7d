package dev.drawbridge.agents;

import dev.drawbridge.protocol.CloseReason;
import dev.drawbridge.protocol.HostReason;
import dev.drawbridge.protocol.Protocol;
import java.util.Optional;

/** A conversation with a room has ended before it was answered. */
final class LostException extends Exception {
    private final Optional<CloseReason> refusal;
    private final boolean mayYetBeDone;

    private LostException(String message, Optional<CloseReason> refusal, boolean mayYetBeDone) {
        super(message, null, false, false);
        this.refusal = refusal;
        this.mayYetBeDone = mayYetBeDone;
    }

    /** The room has closed it. */
    static LostException closed(int code, String reason) {
        return new LostException(
                "The room was closed with the code " + code,
                code == Protocol.FATAL_CLOSE_CODE ? Optional.of(HostReason.of(reason)) : Optional.empty(),
                false);
    }

    /** The room does not answer. */
    static LostException silent(String why) {
        return new LostException(why, Optional.empty(), true);
    }

    /** Why a client does not come again by itself; empty when it does. */
    Optional<CloseReason> refusal() {
        return refusal;
    }

    /** Whether the room goes on, and may yet do what was said to it. */
    boolean mayYetBeDone() {
        return mayYetBeDone;
    }
}

package dev.drawbridge.pressure;

import java.io.IOException;

/** The server has answered the upgrade with something else than a WebSocket. */
final class UpgradeRefused extends IOException {
    private static final long serialVersionUID = 1;

    private final int status;

    UpgradeRefused(int status) {
        super("the upgrade was answered with " + status);
        this.status = status;
    }

    int status() {
        return status;
    }
}

package dev.drawbridge.assets;

import java.io.IOException;

/** A content has more bytes than it may have. */
public final class ContentTooLargeException extends IOException {
    private final long atMost;

    public ContentTooLargeException(long atMost) {
        super("more than " + atMost + " bytes");
        this.atMost = atMost;
    }

    /** What it may have. */
    public long atMost() {
        return atMost;
    }
}

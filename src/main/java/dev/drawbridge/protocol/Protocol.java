package dev.drawbridge.protocol;

/** The constants of the protocol (§20). */
public final class Protocol {

    /** The version that this server speaks, and the newest that it accepts. */
    public static final int VERSION = 8;

    /** The oldest version that clients may speak. */
    public static final int OLDEST_VERSION = 5;

    /** The close code that makes a client show the reason and stay away; every other code makes it reconnect (§7). */
    public static final int FATAL_CLOSE_CODE = 4099;

    private Protocol() {}
}

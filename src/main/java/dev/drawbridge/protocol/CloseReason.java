package dev.drawbridge.protocol;

/** What a client receives with close code 4099, and shows (§7): one of ours, or a host's own words. */
public sealed interface CloseReason permits RefusalReason, HostReason {

    /** What stands in the close frame: at most {@link HostReason#MOST_BYTES} bytes of UTF-8. */
    String text();

    /** The one of ours that it counts as. */
    RefusalReason kind();
}

package dev.drawbridge.pressure;

/** How a connection has ended. */
sealed interface Ending {

    /** With a close frame. */
    record Closed(int code, String reason) implements Ending {}

    /**
     * Without one.
     *
     * @param insideFrame whether a frame was not complete
     */
    record Dropped(boolean insideFrame) implements Ending {}

    /** With something that RFC 6455 does not allow. */
    record Violated(String what) implements Ending {}

    /** Refused for good, by close code 4099 and this reason (§7). */
    default boolean isRefusal(String reason) {
        return equals(new Closed(4099, reason));
    }

    /** The client connects again by itself: told so, or cut off in the middle of something. */
    default boolean isRetriable() {
        return switch (this) {
            case Closed(int code, String ignored) -> code == 1000 || code == 1001 || code == 1012 || code == 1013;
            case Dropped ignored -> true;
            case Violated ignored -> false;
        };
    }
}

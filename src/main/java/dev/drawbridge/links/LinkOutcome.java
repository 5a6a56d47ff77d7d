package dev.drawbridge.links;

/** What has become of a page that was to be fetched. */
public enum LinkOutcome {
    /** There is a preview. */
    FOUND,
    /** It was fetched, and there is nothing in it to show. */
    EMPTY,
    /** It is neither a page nor an image, or cannot be decoded. */
    UNREADABLE,
    /** Its server answered with an error. */
    ERROR_STATUS,
    /** Its server sent us on and on. */
    REDIRECTED_TOO_OFTEN,
    /** It is not there, or its server does not speak as it should. */
    UNREACHABLE,
    /** It took too long. */
    TIMED_OUT,
    /** It, or where its server sent us, is nowhere we go: its name, its port or its address. */
    REFUSED
}

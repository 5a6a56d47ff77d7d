package dev.drawbridge.host;

/** What log lines are marked with, beside their text. */
public final class LogFields {
    public static final String ROOM = "room";
    public static final String SESSION = "session";

    private LogFields() {}
}

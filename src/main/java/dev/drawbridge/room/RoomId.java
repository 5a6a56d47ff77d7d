package dev.drawbridge.room;

import java.util.Optional;
import java.util.regex.Pattern;

/** Which texts may name a room: those that need no escaping in a URL, a file name or a Redis key. */
public final class RoomId {
    public static final String RULE = "1 to 200 letters, digits, '-', '_', '.' or '~'";

    private static final Pattern VALID = Pattern.compile("[A-Za-z0-9\\-_.~]{1,200}");

    private RoomId() {}

    public static Optional<String> of(String text) {
        return VALID.matcher(text).matches() ? Optional.of(text) : Optional.empty();
    }
}

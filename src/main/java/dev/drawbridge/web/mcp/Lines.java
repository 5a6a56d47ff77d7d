package dev.drawbridge.web.mcp;

import dev.drawbridge.json.Json;
import dev.drawbridge.json.JsonString;
import java.util.OptionalInt;

/** An answer of lines, not longer than it may be. */
final class Lines {
    /** What is said of what was left out needs room, too. */
    private static final int FOR_THE_END = 200;

    private final StringBuilder text = new StringBuilder();
    private final int most;

    /** @param most how many characters there may be */
    Lines(int most) {
        this.most = most;
    }

    /** Adds a line; false when there is no room for it. The first one always fits. */
    boolean add(String line) {
        if (!text.isEmpty() && text.length() + line.length() + FOR_THE_END > most) {
            return false;
        }
        text.append(line).append('\n');
        return true;
    }

    /** Adds what has to be said. */
    Lines end(String line) {
        text.append(line).append('\n');
        return this;
    }

    boolean isEmpty() {
        return text.isEmpty();
    }

    /** A text as a model should see it: where it begins and ends. */
    static String quoted(String text) {
        return Json.write(JsonString.of(text));
    }

    static String count(int number, String what) {
        return number + " " + what + (number == 1 ? "" : "s");
    }

    static String count(OptionalInt number, String what) {
        return number.isPresent() ? count(number.getAsInt(), what) : "an unknown number of " + what + "s";
    }

    @Override
    public String toString() {
        return text.toString().strip();
    }
}

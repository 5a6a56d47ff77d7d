package dev.drawbridge.agents.board;

import dev.drawbridge.json.JsonValue;
import dev.drawbridge.json.Quoted;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Something that is wrong with what was asked for, so said that a model can put it right.
 *
 * @param path where it stands: which item of the list, and which field
 * @param given what stood there, cut short and harmless; empty when nothing did
 * @param message what is wrong with it
 * @param allowed what may stand there, the nearest first; none when that cannot be listed
 */
public record Problem(String path, Optional<String> given, String message, List<String> allowed) {
    private static final int MOST_ALLOWED = 60;

    public Problem {
        allowed = List.copyOf(allowed);
    }

    static Problem of(String path, @Nullable JsonValue given, String message) {
        return new Problem(path, Optional.ofNullable(given).map(Quoted::of), message, List.of());
    }

    /** The same, which tells what there is instead of that word. */
    Problem instead(String wanted, List<String> possible) {
        List<String> nearestFirst = Nearest.first(wanted, possible);
        return new Problem(
                path, given, message, nearestFirst.stream().limit(MOST_ALLOWED).toList());
    }

    /** All of it in one line. */
    public String text() {
        String options = allowed.stream().map(Quoted::bare).collect(Collectors.joining(", "));
        return path + ": " + message + given.map(value -> ", got " + value).orElse("")
                + (allowed.isEmpty() ? "" : "; allowed: " + options);
    }
}

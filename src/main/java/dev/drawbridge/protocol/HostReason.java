package dev.drawbridge.protocol;

import dev.drawbridge.json.Quoted;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Why somebody is sent away, in the words of who sends them away: clients show any text (§21.20).
 *
 * @param text what the person is shown
 */
public record HostReason(String text) implements CloseReason {
    /** What RFC 6455 leaves in a close frame beside the code. */
    public static final int MOST_BYTES = 123;

    private static final String CUT = "…";

    public HostReason {
        if (!fits(text)) {
            throw new IllegalArgumentException("a close reason of more than " + MOST_BYTES + " bytes");
        }
    }

    /** The reason that a text is: one of ours by its name, or a host's own; cut off at the end when it is too long. */
    public static CloseReason of(String text) {
        return Arrays.stream(RefusalReason.values())
                .filter(each -> each.name().equals(text))
                .findFirst()
                .<CloseReason>map(each -> each)
                .orElseGet(() -> new HostReason(fits(text) ? text : cut(text)));
    }

    /** Whether a text may stand in a close frame. */
    public static boolean fits(String text) {
        return bytes(text) <= MOST_BYTES;
    }

    private static String cut(String text) {
        int room = MOST_BYTES - bytes(CUT);
        int end = 0;
        while (end < text.length()) {
            int next = text.offsetByCodePoints(end, 1);
            room -= bytes(text.substring(end, next));
            if (room < 0) {
                break;
            }
            end = next;
        }
        return text.substring(0, end) + CUT;
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    /** A host that finds words of its own does not let somebody in. */
    @Override
    public RefusalReason kind() {
        return RefusalReason.FORBIDDEN;
    }

    /** For the log. */
    @Override
    public String toString() {
        return Quoted.of(text);
    }
}

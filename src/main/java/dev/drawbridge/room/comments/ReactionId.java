package dev.drawbridge.room.comments;

import dev.drawbridge.json.JsonObject;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The id that a reaction has: of its comment, its user and its emoji, each as a component of a URI. */
final class ReactionId {
    private static final String UNRESERVED = "-_.!~*'()";
    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private ReactionId() {}

    /** Empty when the record does not say all three, or has half a character in one of them. */
    static Optional<String> of(JsonObject reaction) {
        StringBuilder id = new StringBuilder("comment-reaction");
        for (String member : new String[] {"commentId", "userId", "emoji"}) {
            String component = component(reaction.string(member));
            if (component == null) {
                return Optional.empty();
            }
            id.append(':').append(component);
        }
        return Optional.of(id.toString());
    }

    /** As JavaScript's {@code encodeURIComponent} writes a text; null where that fails. */
    private static @Nullable String component(@Nullable String text) {
        if (text == null) {
            return null;
        }
        ByteBuffer utf8;
        try {
            utf8 = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
        } catch (CharacterCodingException e) {
            return null;
        }
        StringBuilder component = new StringBuilder(utf8.remaining());
        while (utf8.hasRemaining()) {
            byte next = utf8.get();
            if (isUnreserved((char) next)) {
                component.append((char) next);
            } else {
                component.append('%').append(HEX.toHexDigits(next));
            }
        }
        return component.toString();
    }

    private static boolean isUnreserved(char character) {
        return (character >= 'a' && character <= 'z')
                || (character >= 'A' && character <= 'Z')
                || (character >= '0' && character <= '9')
                || UNRESERVED.indexOf(character) >= 0;
    }
}

package dev.drawbridge.web.admin;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Where the next page starts: the last id of the page before, in a form that nobody is tempted to make up. */
public final class Cursor {
    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

    private Cursor() {}

    public static String after(String id) {
        return ENCODER.encodeToString(id.getBytes(StandardCharsets.UTF_8));
    }

    public static String read(String cursor) {
        try {
            byte[] id = Base64.getUrlDecoder().decode(cursor);
            if (id.length > 0 && ENCODER.encodeToString(id).equals(cursor)) {
                return StandardCharsets.UTF_8
                        .newDecoder()
                        .decode(ByteBuffer.wrap(id))
                        .toString();
            }
        } catch (IllegalArgumentException | CharacterCodingException e) {
            // told below, as all that is no cursor
        }
        throw ProblemException.invalidRequest("cursor: not one that a page before gave as next");
    }
}

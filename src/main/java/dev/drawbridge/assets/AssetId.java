package dev.drawbridge.assets;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Which texts may name an asset: any, since clients put names of files into them. */
public final class AssetId {
    /** Such that it fits, escaped, into what stores take as a key. */
    public static final int MAX_BYTES = 400;

    public static final String RULE = "1 to " + MAX_BYTES + " bytes of UTF-8";

    private AssetId() {}

    /** Half a surrogate pair is no character: two ids with such a half could not be told apart as bytes. */
    public static Optional<String> of(String text) {
        if (text.isEmpty() || text.length() > MAX_BYTES) {
            return Optional.empty();
        }
        try {
            ByteBuffer bytes = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
            return bytes.remaining() <= MAX_BYTES ? Optional.of(text) : Optional.empty();
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }
}

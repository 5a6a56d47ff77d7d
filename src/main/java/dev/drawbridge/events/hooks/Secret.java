package dev.drawbridge.events.hooks;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A secret that a server and a receiver share. It is shown nowhere. */
public final class Secret {
    /** How many bytes it has at least, as Standard Webhooks has it. */
    public static final int SHORTEST = 24;

    private static final String PREFIX = "whsec_";
    private static final String ALGORITHM = "HmacSHA256";

    private final SecretKeySpec key;

    private Secret(byte[] bytes) {
        this.key = new SecretKeySpec(bytes, ALGORITHM);
    }

    /**
     * Reads one.
     *
     * @param text {@code whsec_} and its bytes as Base64, or any other text, whose bytes are its UTF-8
     * @throws IllegalArgumentException when it is none; the message says why, as the rest of a sentence, and not what it is
     */
    public static Secret of(String text) {
        byte[] bytes = text.startsWith(PREFIX)
                ? decoded(text.substring(PREFIX.length()))
                : text.getBytes(StandardCharsets.UTF_8);
        if (bytes.length < SHORTEST) {
            throw new IllegalArgumentException("has " + bytes.length + " bytes");
        }
        return new Secret(bytes);
    }

    /** With all its padding, for some receivers read no other. */
    private static byte[] decoded(String base64) {
        try {
            byte[] bytes = Base64.getDecoder().decode(base64);
            if (Base64.getEncoder().encodeToString(bytes).equals(base64)) {
                return bytes;
            }
        } catch (IllegalArgumentException e) {
            // told below
        }
        throw new IllegalArgumentException("starts with whsec_ and does not go on as Base64");
    }

    byte[] sign(byte[] content) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return mac.doFinal(content);
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("every Java has HMAC", e);
        }
    }

    @Override
    public String toString() {
        return "Secret[…]";
    }
}

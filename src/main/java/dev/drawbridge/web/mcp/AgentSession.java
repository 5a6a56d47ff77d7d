package dev.drawbridge.web.mcp;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An agent at work: what the server has to know of it from one request to the next is in its {@code Mcp-Session-Id}, which every
 * node understands. Nobody gets any right by it.
 *
 * @param key tells it from others; nobody guesses one
 * @param client what the program calls itself
 */
record AgentSession(String key, String client) {
    private static final int KEY_BYTES = 16;
    private static final int LONGEST_NAME = 40;
    private static final String NAMELESS = "Agent";
    private static final Pattern ID = Pattern.compile("([A-Za-z0-9_-]{22})\\.([A-Za-z0-9_-]{1,240})");
    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();
    private static final SecureRandom CHANCE = new SecureRandom();
    private static final byte[] SALT = CHANCE.generateSeed(KEY_BYTES);

    /** A new one, of a program that calls itself so: whatever that is. */
    static AgentSession begin(String client) {
        byte[] key = new byte[KEY_BYTES];
        CHANCE.nextBytes(key);
        return new AgentSession(ENCODER.encodeToString(key), name(client));
    }

    /** The one that an id is of; empty when it is none that a server of ours has given. */
    static Optional<AgentSession> of(String id) {
        Matcher parts = ID.matcher(id);
        if (!parts.matches()) {
            return Optional.empty();
        }
        try {
            String client = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(Base64.getUrlDecoder().decode(parts.group(2))))
                    .toString();
            return Optional.of(new AgentSession(parts.group(1), name(client)));
        } catch (CharacterCodingException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /**
     * The one of a program that does without: at this node always the same for who says the same of itself. What it says may be
     * a secret, and nobody finds that out by the key, which ends in logs.
     */
    static AgentSession without(String whoItIs) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(SALT);
            byte[] key = digest.digest(whoItIs.getBytes(StandardCharsets.UTF_8));
            return new AgentSession(ENCODER.encodeToString(key).substring(0, 22), NAMELESS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** As it stands in the header. */
    String id() {
        return key + "." + ENCODER.encodeToString(client.getBytes(StandardCharsets.UTF_8));
    }

    /** Fit to stand at a cursor and in a line of the log. */
    private static String name(String client) {
        String name = tidy(client);
        return name.isEmpty() ? NAMELESS : name;
    }

    /** A text in one line, without what does not show, and not long. */
    static String tidy(String client) {
        StringBuilder name = new StringBuilder();
        client.codePoints().limit(4L * LONGEST_NAME).forEach(c -> name.appendCodePoint(isHarmless(c) ? c : ' '));
        String tidy = name.toString().strip().replaceAll("\\s+", " ");
        int end = tidy.offsetByCodePoints(0, Math.min(LONGEST_NAME, tidy.codePointCount(0, tidy.length())));
        return tidy.substring(0, end).strip();
    }

    private static boolean isHarmless(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED -> false;
            default -> true;
        };
    }
}

package dev.drawbridge.web.admin;

import java.security.SecureRandom;
import org.springframework.stereotype.Component;

/** Names rooms that were given no name: nobody guesses it, and it can be read out over the telephone. */
@Component
public class RandomRoomId {
    /** Without those that look or sound like another. 16 of 29 make 77 bits. */
    private static final String ALPHABET = "23456789abcdefghjkmnpqrtuwxyz";

    private static final int LENGTH = 16;

    private final SecureRandom random = new SecureRandom();

    public String next() {
        StringBuilder id = new StringBuilder(LENGTH);
        random.ints(LENGTH, 0, ALPHABET.length()).forEach(index -> id.append(ALPHABET.charAt(index)));
        return id.toString();
    }
}

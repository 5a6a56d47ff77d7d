package dev.drawbridge.schema.tldraw;

import static dev.drawbridge.schema.Validators.id;

import java.util.random.RandomGenerator;

/** Texts by chance. */
final class RandomText {
    private static final String URL_SAFE = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_-";
    private static final int ID_LENGTH = 21;

    private RandomText() {}

    /** As long, and from as many characters, as the ids that the editor makes. */
    static String id(RandomGenerator random) {
        StringBuilder id = new StringBuilder(ID_LENGTH);
        for (int i = 0; i < ID_LENGTH; i++) {
            id.append(URL_SAFE.charAt(random.nextInt(URL_SAFE.length())));
        }
        return id.toString();
    }
}

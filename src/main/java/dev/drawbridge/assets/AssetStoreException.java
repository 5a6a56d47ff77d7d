package dev.drawbridge.assets;

import dev.drawbridge.json.Quoted;

/** The store cannot do its work; the message tells an operator what is wrong. */
public class AssetStoreException extends RuntimeException {
    private static final int LONGEST = 1_000;

    public AssetStoreException(String message) {
        super(Quoted.line(message, LONGEST));
    }

    public AssetStoreException(String message, Throwable cause) {
        super(Quoted.line(message, LONGEST), cause);
    }
}

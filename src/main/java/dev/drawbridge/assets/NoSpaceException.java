package dev.drawbridge.assets;

/** There is no space where assets are kept. */
public final class NoSpaceException extends AssetStoreException {

    public NoSpaceException(String message) {
        super(message);
    }

    public NoSpaceException(String message, Throwable cause) {
        super(message, cause);
    }
}

package dev.drawbridge.history.blobs;

import dev.drawbridge.history.VersionStoreException;

/** One blob cannot be what was put there; others can. */
final class DamagedBlobException extends VersionStoreException {

    DamagedBlobException(String message) {
        super(message);
    }

    DamagedBlobException(String message, Throwable cause) {
        super(message, cause);
    }
}

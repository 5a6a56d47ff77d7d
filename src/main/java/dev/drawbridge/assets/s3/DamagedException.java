package dev.drawbridge.assets.s3;

import dev.drawbridge.assets.AssetStoreException;

/** What is there is not what this package has written. */
final class DamagedException extends AssetStoreException {

    DamagedException(String message) {
        super(message);
    }
}

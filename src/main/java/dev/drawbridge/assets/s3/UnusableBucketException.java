package dev.drawbridge.assets.s3;

import dev.drawbridge.assets.AssetStoreException;

/** Waiting does not help: somebody has to change a setting, a right or a bucket. */
public final class UnusableBucketException extends AssetStoreException {

    UnusableBucketException(String message) {
        super(message);
    }

    UnusableBucketException(String message, Throwable cause) {
        super(message, cause);
    }
}

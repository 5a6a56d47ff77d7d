package dev.drawbridge.s3;

/** Waiting does not help: somebody has to change a setting, a right or a bucket. */
public final class UnusableBucketException extends S3Exception {

    UnusableBucketException(String message) {
        super(message);
    }

    UnusableBucketException(String message, Throwable cause) {
        super(message, cause);
    }
}

package dev.drawbridge.s3;

/** There is no space left in the bucket. */
public final class NoSpaceInBucketException extends S3Exception {

    NoSpaceInBucketException(String message, Throwable cause) {
        super(message, cause);
    }
}

package dev.drawbridge.s3;

/** What is there is not what was written. */
public final class DamagedObjectException extends S3Exception {

    DamagedObjectException(String message) {
        super(message);
    }
}

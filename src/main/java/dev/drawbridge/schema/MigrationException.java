package dev.drawbridge.schema;

/** A migration that could not be run. The message names the migration and the record's id, if there is one. */
public final class MigrationException extends Exception {

    public MigrationException(String message, Throwable cause) {
        super(message, cause);
    }

    public MigrationException(String message) {
        super(message);
    }
}

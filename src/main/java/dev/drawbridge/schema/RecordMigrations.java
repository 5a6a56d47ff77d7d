package dev.drawbridge.schema;

import dev.drawbridge.json.JsonObject;

/** The migrations between one client's schema and ours, in both directions, for single records. */
public interface RecordMigrations {

    /** Whether records are the same on both sides. */
    boolean isEmpty();

    /** How many migrations there are between the two. */
    int size();

    /** A record of the client, in our form. */
    JsonObject up(JsonObject record) throws MigrationException;

    /** A record of ours, in the client's form. */
    JsonObject down(JsonObject record) throws MigrationException;
}

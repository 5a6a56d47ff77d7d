package dev.drawbridge.schema;

import dev.drawbridge.json.JsonObject;
import org.jspecify.annotations.Nullable;

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

    /** Whether there are records that the client is not to be told of. */
    default boolean hidesAnything() {
        return false;
    }

    /** Whether a record may be hidden for where it is, or begin to be: not if only types are that nothing hangs on. */
    default boolean hidesByPlace() {
        return false;
    }

    /** Whether the client is not to be told of records of that kind. */
    default boolean hides(String typeName, @Nullable String type) {
        return false;
    }

    /**
     * Whether a client that is not told of records of that kind may bring them all the same: those of a type that we do not
     * know, and take unseen.
     */
    default boolean takesUnseen(String typeName, @Nullable String type) {
        return false;
    }

    /**
     * A record as a client has left it, with what it was shown otherwise than it is, and has left as it was shown.
     *
     * @param before the record as it was, in our form
     * @param after the record as it is now, in our form
     */
    default JsonObject kept(JsonObject before, JsonObject after) {
        return after;
    }
}

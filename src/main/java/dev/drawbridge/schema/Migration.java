package dev.drawbridge.schema;

import dev.drawbridge.json.JsonObject;
import dev.drawbridge.json.Quoted;
import java.util.List;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** A version of a sequence, ready to run. */
public sealed interface Migration {

    /** {@code <sequence id>/<version>}. */
    String id();

    /** What it does, in the reference's words. */
    String name();

    /** The ids of the migrations in other sequences that have to run before it. */
    List<String> dependsOn();

    /** The id with the name, for messages. */
    default String title() {
        return id() + " (" + name() + ')';
    }

    /**
     * Works on single records.
     *
     * @param filter which records it concerns
     * @param down   {@code null} when it cannot be undone
     */
    record OnRecord(
            String id,
            String name,
            List<String> dependsOn,
            Predicate<JsonObject> filter,
            Edit up,
            @Nullable Edit down) implements Migration {

        JsonObject migrateUp(JsonObject record, RandomGenerator random) throws MigrationException {
            return run("up", up, record, random);
        }

        JsonObject migrateDown(JsonObject record, RandomGenerator random) throws MigrationException {
            if (down == null) {
                throw new MigrationException(title() + " cannot be undone");
            }
            return run("down", down, record, random);
        }

        private JsonObject run(String direction, Edit edit, JsonObject record, RandomGenerator random)
                throws MigrationException {
            try {
                return filter.test(record) ? edit.apply(record, random) : record;
            } catch (RuntimeException e) {
                throw new MigrationException(
                        title() + ' ' + direction + " failed on " + Quoted.of(record.get("id")) + ": " + e.getMessage(),
                        e);
            }
        }
    }

    /** Works on the store as a whole. */
    record OnStorage(String id, String name, List<String> dependsOn, StorageEdit up) implements Migration {

        void migrateUp(StoredRecords records, RandomGenerator random) throws MigrationException {
            try {
                up.apply(records, random);
            } catch (RuntimeException e) {
                throw new MigrationException(title() + " failed: " + e.getMessage(), e);
            }
        }
    }

    /**
     * Its step is code that is not here ({@link CodeMigrator}): a whole store can be taken through it, but nobody older be
     * served across it.
     *
     * @param filter which records it concerns
     */
    record InCode(String id, String name, List<String> dependsOn, Predicate<JsonObject> filter) implements Migration {

        /** The sequence that it belongs to. */
        public String sequence() {
            return id.substring(0, id.lastIndexOf('/'));
        }

        /** The version that it leads to. */
        public int version() {
            return Integer.parseInt(id.substring(id.lastIndexOf('/') + 1));
        }
    }
}

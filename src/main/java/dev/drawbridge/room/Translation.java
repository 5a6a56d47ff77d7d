package dev.drawbridge.room;

import dev.drawbridge.json.Json;
import dev.drawbridge.json.JsonObject;
import dev.drawbridge.protocol.EncodedRecord;
import dev.drawbridge.protocol.RecordPuts;
import dev.drawbridge.schema.MigrationException;
import dev.drawbridge.schema.RecordMigrations;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * The document in the form of an older schema (§13), as far as somebody has needed it: a record is migrated once for all
 * clients of that schema, and again when it has changed. What is here is true of the present document.
 */
final class Translation {
    /** As many trees as the document itself keeps parsed. */
    private static final int TREES = 256;

    private final RoomDocument document;
    private final RecordMigrations migrations;
    private final SequencedMap<String, Translated> done = new LinkedHashMap<>();
    private final Map<String, Failure> failures = new LinkedHashMap<>();
    private final Map<String, Tree> trees = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Tree> eldest) {
            return size() > TREES;
        }
    };
    private @Nullable RecordPuts whole;
    private long bytes;
    private long migrated;
    private long usedAt;

    private record Translated(String id, byte[] json) implements EncodedRecord {}

    private record Failure(StoredRecord record, MigrationException why) {}

    private record Tree(JsonObject ours, JsonObject theirs) {}

    Translation(RoomDocument document, RecordMigrations migrations) {
        this.document = document;
        this.migrations = migrations;
    }

    RecordMigrations migrations() {
        return migrations;
    }

    /** A record of ours in their form; one that was asked for a moment ago is remembered. */
    JsonObject down(JsonObject ours) throws MigrationException {
        String id = ours.string("id");
        if (id == null) {
            return migrate(ours);
        }
        Tree known = trees.get(id);
        if (known == null || known.ours != ours) {
            known = new Tree(ours, migrate(ours));
            trees.put(id, known);
        }
        return known.theirs;
    }

    private JsonObject migrate(JsonObject ours) throws MigrationException {
        migrated++;
        return migrations.down(ours);
    }

    /** How often a record has been migrated down: what this costs. */
    long migrated() {
        return migrated;
    }

    /** How many bytes are kept. */
    long bytes() {
        return bytes;
    }

    void used(long now) {
        usedAt = now;
    }

    long usedAt() {
        return usedAt;
    }

    // ---- the document

    boolean has(String id) {
        return done.containsKey(id) || failures.containsKey(id);
    }

    /**
     * Records that have changed since a clock, or all, and are not here.
     *
     * @param limit it looks no further when it has found so many
     */
    List<StoredRecord> missing(long sinceClock, int limit) {
        List<StoredRecord> missing = new ArrayList<>();
        int most = Math.min(limit, document.size().records() - done.size() - failures.size());
        // What has changed last is looked at first: of a document that has been translated before, that is what is
        // missing.
        for (StoredRecord record : document.newestFirst()) {
            if (missing.size() >= most || record.lastChangedClock() <= sinceClock) {
                break;
            }
            if (!has(record.id())) {
                missing.add(record);
            }
        }
        return missing;
    }

    /** Brings a record of the present document here, or learns that it cannot be brought. */
    void translate(StoredRecord record) {
        try {
            JsonObject known = document.parsed(record.id());
            byte[] json = Json.encode(known == null ? migrate(ParsedRecords.parse(record)) : down(known));
            done.put(record.id(), new Translated(record.id(), json));
            bytes += json.length;
        } catch (MigrationException e) {
            failures.put(record.id(), new Failure(record, e));
        }
        whole = null;
    }

    /** @throws MigrationException when one of the records that have changed since a clock is known to have no way down */
    void check(long sinceClock) throws MigrationException {
        for (Failure failure : failures.values()) {
            if (failure.record.lastChangedClock() > sinceClock) {
                throw failure.why;
            }
        }
    }

    /** What has changed since a clock; all of it is here and none has failed. */
    RecordPuts puts(long sinceClock) {
        if (sinceClock == RoomDocument.EVER) {
            if (whole == null) {
                whole = new RecordPuts(List.copyOf(done.values()));
            }
            return whole;
        }
        List<EncodedRecord> puts = new ArrayList<>();
        for (StoredRecord record : document.recordsSince(sinceClock)) {
            Translated translated = done.get(record.id());
            if (translated == null) {
                throw new IllegalStateException(record.id() + " has not been translated");
            }
            puts.add(translated);
        }
        return new RecordPuts(puts);
    }

    /** A record has changed or is gone. */
    void forget(String id) {
        Translated old = done.remove(id);
        if (old != null) {
            bytes -= old.json.length;
        }
        failures.remove(id);
        whole = null;
    }

    /** Nobody needs it for the moment. */
    void drop() {
        done.clear();
        failures.clear();
        trees.clear();
        whole = null;
        bytes = 0;
    }
}

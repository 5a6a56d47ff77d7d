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
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Supplier;
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
    private final Supplier<Outline> outline;
    private @Nullable View view;
    private @Nullable RecordPuts whole;
    private long bytes;
    private long migrated;
    private long usedAt;

    /** @param own how many bytes of it are kept here only */
    private record Translated(String id, byte[] json, int own) implements EncodedRecord {}

    private record Failure(StoredRecord record, MigrationException why) {}

    private record Tree(JsonObject ours, JsonObject theirs) {}

    /** @param outline of the document; asked for when something of it is hidden */
    Translation(RoomDocument document, RecordMigrations migrations, Supplier<Outline> outline) {
        this.document = document;
        this.migrations = migrations;
        this.outline = outline;
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

    /** Whether it would cost something to have it again. */
    boolean isWorthKeeping() {
        return bytes > 0 || view != null;
    }

    /** How many bytes are kept of records. */
    long bytes() {
        return bytes;
    }

    /** About how many bytes it takes to know what is hidden, beside the outline. */
    long viewBytes() {
        return view == null ? 0 : view.bytes();
    }

    void used(long now) {
        usedAt = now;
    }

    long usedAt() {
        return usedAt;
    }

    // ---- what is hidden

    /** What its clients are told of; empty when that is everything. */
    Optional<View> view() {
        if (migrations.hidesAnything() && view == null) {
            Outline complete = outline.get();
            complete.complete();
            view = new View(migrations, complete, document.clock());
            view.hidden().forEach(this::forget);
        }
        return Optional.ofNullable(view);
    }

    /** The document has changed, and its outline. */
    void follow(Map<String, Outline.Move> moves, long clock) {
        if (view != null) {
            view.changed(moves, clock);
            view.disappeared().forEach(this::forget);
        }
    }

    /** What is seen is to be found out anew. */
    void loseView() {
        view = null;
    }

    /** Whether a client at that clock can be told what has happened since. */
    boolean remembers(long sinceClock) {
        return !migrations.hidesByPlace()
                || sinceClock == RoomDocument.EVER
                || (view == null ? sinceClock == document.clock() : view.remembers(sinceClock));
    }

    /** From which clock on records have to be here, or at least looked at, for a client at a clock. */
    long needed(long sinceClock) {
        return migrations.hidesAnything() && view == null ? RoomDocument.EVER : sinceClock;
    }

    private boolean isHidden(String id) {
        return view != null && view.isHidden(id);
    }

    private boolean isKnownToBeHidden(String id) {
        if (!migrations.hidesAnything() || view != null) {
            return isHidden(id);
        }
        Outline.Place place = outline.get().place(id);
        return place != null && migrations.hides(place.typeName(), place.type());
    }

    // ---- the document

    boolean has(String id) {
        return done.containsKey(id) || failures.containsKey(id) || isKnownToBeHidden(id);
    }

    /**
     * Records that have changed since a clock, or all, and are not here.
     *
     * @param limit it looks no further when it has found so many
     */
    List<StoredRecord> missing(long sinceClock, int limit) {
        List<StoredRecord> missing = new ArrayList<>();
        int most = migrations.hidesAnything() && view == null ? limit : Math.min(limit, notHere());
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
        if (view != null) {
            for (String id : view.appearedSince(sinceClock)) {
                document.stored(id)
                        .filter(record -> record.lastChangedClock() <= sinceClock && !has(id))
                        .ifPresent(missing::add);
            }
        }
        return missing;
    }

    private int notHere() {
        int hidden = view == null ? 0 : view.hidden().size();
        return document.size().records() - done.size() - failures.size() - hidden;
    }

    /** Brings a record of the present document here, or learns that it cannot be brought. */
    void translate(StoredRecord record) {
        try {
            JsonObject known = document.parsed(record.id());
            JsonObject ours = known == null ? ParsedRecords.parse(record) : known;
            if (migrations.hidesAnything() && view == null) {
                outline.get().read(record.id(), ours);
            }
            if (isKnownToBeHidden(record.id())) {
                return;
            }
            JsonObject theirs = known == null ? migrate(ours) : down(ours);
            // What is the same for them is not kept twice.
            byte[] json = theirs == ours ? record.json() : Json.encode(theirs);
            done.put(record.id(), new Translated(record.id(), json, theirs == ours ? 0 : json.length));
            bytes += theirs == ours ? 0 : json.length;
        } catch (MigrationException e) {
            failures.put(record.id(), new Failure(record, e));
        }
        whole = null;
    }

    /** @throws MigrationException when one of the records that have changed since a clock is known to have no way down */
    void check(long sinceClock) throws MigrationException {
        if (migrations.hidesAnything() && view == null) {
            return; // perhaps it need not be told of it
        }
        for (Failure failure : failures.values()) {
            if (failure.record.lastChangedClock() > sinceClock && !isHidden(failure.record.id())) {
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
            if (!isHidden(record.id())) {
                puts.add(here(record.id()));
            }
        }
        if (view != null) {
            for (String id : view.appearedSince(sinceClock)) {
                if (document.stored(id)
                        .filter(each -> each.lastChangedClock() <= sinceClock)
                        .isPresent()) {
                    puts.add(here(id));
                }
            }
        }
        return new RecordPuts(puts);
    }

    private Translated here(String id) {
        Translated translated = done.get(id);
        if (translated == null) {
            throw new IllegalStateException(id + " has not been translated");
        }
        return translated;
    }

    /** A record has changed or is gone. */
    void forget(String id) {
        Translated old = done.remove(id);
        if (old != null) {
            bytes -= old.own;
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

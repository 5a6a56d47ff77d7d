package dev.drawbridge.room;

import dev.drawbridge.json.JsonObject;
import dev.drawbridge.protocol.RefusalReason;
import dev.drawbridge.schema.RecordMigrations;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The dialects that are spoken in a room, one object for each, and what is kept of the document for those of an older
 * schema: for a while after the last of its clients has gone, for so many of them at a time, and in so many bytes.
 */
final class Dialects {
    /** Each change is translated into each dialect; real rooms have clients of a few releases. */
    static final int MOST_SPOKEN = 50;

    /** Rooms in which more generations of clients meet at once are rare; the one that was needed last stays. */
    private static final int MOST_KEPT = 3;

    private static final Duration KEPT_FOR = Duration.ofMinutes(2);

    /** How many times the document all translations together may take. Older forms of freehand lines take four times the bytes. */
    private static final int MOST_TIMES_THE_DOCUMENT = 4;

    private static final long ALWAYS_ALLOWED = 1 << 20;

    private final RoomDocument document;
    private final Dialect ours = new Dialect(null, true, null);
    private final Dialect oursWithoutStringAppends = new Dialect(null, false, null);
    private final Map<RecordMigrations, Older> older = new LinkedHashMap<>();
    private @Nullable Outline outline;
    private long migratedBefore;

    private record Older(Translation translation, Dialect dialect, Dialect withoutStringAppends) {
        Older(Translation translation, JsonObject schema) {
            this(translation, new Dialect(translation, true, schema), new Dialect(translation, false, schema));
        }
    }

    Dialects(RoomDocument document) {
        this.document = document;
    }

    /**
     * The dialect of clients for whom records pass these migrations, whatever else their schema says.
     *
     * @param schema one of these clients' schemas
     * @throws RefusalException when it would be one too many
     */
    Dialect of(RecordMigrations migrations, JsonObject schema, boolean stringAppends) throws RefusalException {
        if (migrations.isEmpty()) {
            return stringAppends ? ours : oursWithoutStringAppends;
        }
        Older known = older.get(migrations);
        if (known == null) {
            if (older.size() == MOST_SPOKEN) {
                throw new RefusalException(
                        RefusalReason.CLIENT_TOO_OLD, "clients of " + MOST_SPOKEN + " other versions are here");
            }
            known = new Older(new Translation(document, migrations, this::outline), schema);
            older.put(migrations, known);
        }
        return stringAppends ? known.dialect : known.withoutStringAppends;
    }

    private Outline outline() {
        if (outline == null) {
            outline = new Outline(document);
        }
        return outline;
    }

    /** All of the document may have changed, and those who would have to be told what they see of it have to come again. */
    void replaced(DocumentChange change) {
        outline = null;
        older.values().forEach(each -> each.translation.loseView());
        changed(change);
    }

    /** The document has changed: what is kept of the records that did is no longer true. */
    void changed(DocumentChange change) {
        if (outline != null) {
            Map<String, Outline.Move> moves = outline.changed(change);
            older.values().forEach(each -> each.translation.follow(moves, change.clock()));
        }
        for (Older each : older.values()) {
            change.puts().forEach(put -> each.translation.forget(put.id()));
            change.tombstones().keySet().forEach(each.translation::forget);
        }
    }

    /** Drops what need not be kept. What is needed at the moment has been marked as used at this very time. */
    void trim(long now, Predicate<Translation> busy) {
        older.values().removeIf(each -> {
            boolean unused = !busy.test(each.translation)
                    && now > each.translation.usedAt()
                    && (!each.translation.isWorthKeeping() || now - each.translation.usedAt() > KEPT_FOR.toMillis());
            if (unused) {
                migratedBefore += each.translation.migrated();
            }
            return unused;
        });
        if (older.values().stream()
                .noneMatch(each -> each.translation.migrations().hidesAnything())) {
            outline = null;
        }
        List<Translation> kept = older.values().stream()
                .map(Older::translation)
                .filter(translation -> translation.bytes() > 0 && !busy.test(translation))
                .sorted(Comparator.comparingLong(Translation::usedAt).reversed())
                .toList();
        long allowed = Math.max(
                ALWAYS_ALLOWED, MOST_TIMES_THE_DOCUMENT * document.size().bytes());
        long sum = 0;
        for (int i = 0; i < kept.size(); i++) {
            sum += kept.get(i).bytes();
            if (i >= MOST_KEPT || sum > allowed) {
                sum -= kept.get(i).bytes();
                kept.get(i).drop();
            }
        }
    }

    /** How many bytes are kept for clients of older schemas, what is known of what they do not see among them. */
    long bytes() {
        return (outline == null ? 0 : outline.bytes())
                + older.values().stream()
                        .mapToLong(each -> each.translation.bytes() + each.translation.viewBytes())
                        .sum();
    }

    /** How often a record has been migrated down since the room was opened. */
    long migrated() {
        return migratedBefore
                + older.values().stream()
                        .mapToLong(each -> each.translation.migrated())
                        .sum();
    }
}

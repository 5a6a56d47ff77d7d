package dev.drawbridge.room;

import dev.drawbridge.json.Json;
import dev.drawbridge.json.JsonObject;
import dev.drawbridge.protocol.EncodedRecord;
import dev.drawbridge.protocol.RecordPuts;
import dev.drawbridge.schema.MigrationException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Who is where: the presence records of the sessions. They live in memory and are never stored (§16). Each is encoded
 * once per change and schema, for all who come in until it changes again.
 */
final class Presences {
    /** How many departures are remembered for those who have missed them. */
    private static final int MOST_DEPARTURES = 1_000;

    /** In how many older forms one is kept. */
    private static final int MOST_FORMS = 3;

    private final Map<String, Presence> records = new LinkedHashMap<>();
    private final Roster<String, Encoded> ours = new Roster<>();
    private long oursLength;
    private final Deque<Departure> departures = new ArrayDeque<>();
    private long departed;
    private @Nullable Departure forgotten;
    private long bytes;
    private long changes;

    private record Encoded(String id, byte[] json) implements EncodedRecord {}

    private record Presence(JsonObject record, Encoded ours, Map<Translation, Encoded> older) {}

    /** @param number how many have departed before it */
    private record Departure(String id, long number, long atClock) {}

    @Nullable
    JsonObject get(String id) {
        Presence presence = records.get(id);
        return presence == null ? null : presence.record;
    }

    /** @param json the record, encoded */
    void put(String id, JsonObject record, byte[] json) {
        changes++;
        Encoded encoded = new Encoded(id, json);
        Presence before = records.put(id, new Presence(record, encoded, new IdentityHashMap<>(1)));
        discount(before);
        bytes += json.length;
        oursLength += RecordPuts.lengthOf(encoded);
        ours.put(id, encoded);
    }

    private void discount(@Nullable Presence gone) {
        if (gone != null) {
            bytes -= gone.ours.json.length;
            oursLength -= RecordPuts.lengthOf(gone.ours);
        }
    }

    /**
     * It is gone; false when there was none.
     *
     * @param atClock the clock at which the others are told
     */
    boolean remove(String id, long atClock) {
        Presence gone = records.remove(id);
        if (gone == null) {
            return false;
        }
        changes++;
        discount(gone);
        ours.remove(id);
        depart(id, atClock);
        return true;
    }

    /** Somebody may still show it that was not here; it is to be told that it is gone. */
    void neverCame(String id, long atClock) {
        if (!records.containsKey(id)) {
            changes++;
            depart(id, atClock);
        }
    }

    private void depart(String id, long atClock) {
        departures.addLast(new Departure(id, departed++, atClock));
        if (departures.size() > MOST_DEPARTURES) {
            forgotten = departures.removeFirst();
        }
    }

    /** How many bytes all of them take. */
    long bytes() {
        return bytes;
    }

    /** All but one, as clients of a dialect understand them. */
    RecordPuts puts(Dialect dialect, String exceptId) throws MigrationException {
        if (dialect.speaksOurSchema()) {
            Presence own = records.get(exceptId);
            return new RecordPuts(
                    ours.listWithout(exceptId), oursLength - (own == null ? 0 : RecordPuts.lengthOf(own.ours)));
        }
        List<EncodedRecord> puts = new ArrayList<>(records.size());
        for (Map.Entry<String, Presence> presence : records.entrySet()) {
            if (!presence.getKey().equals(exceptId) && !dialect.hides(presence.getValue().record)) {
                puts.add(encoded(presence.getValue(), dialect));
            }
        }
        return new RecordPuts(puts);
    }

    private static Encoded encoded(Presence presence, Dialect dialect) throws MigrationException {
        Translation translation = dialect.translation().orElse(null);
        if (translation == null) {
            return presence.ours;
        }
        Encoded known = presence.older.get(translation);
        if (known == null) {
            known = new Encoded(presence.ours.id, Json.encode(translation.down(presence.record)));
            if (presence.older.size() >= MOST_FORMS) {
                presence.older.clear();
            }
            presence.older.put(translation, known);
        }
        return known;
    }

    /** Grows whenever something of them changes. */
    long changes() {
        return changes;
    }

    /** How many have departed so far. */
    long departed() {
        return departed;
    }

    /**
     * Who has departed since so many had, and was not told of at an earlier clock; empty when that is not known any more.
     */
    Optional<List<String>> departedSince(long count, long clock) {
        if (forgotten != null && forgotten.number >= count && forgotten.atClock >= clock) {
            return Optional.empty();
        }
        List<String> ids = new ArrayList<>();
        for (Departure departure : departures) {
            if (departure.number >= count && departure.atClock >= clock) {
                ids.add(departure.id);
            }
        }
        return Optional.of(ids);
    }
}

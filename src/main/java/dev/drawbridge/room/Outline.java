package dev.drawbridge.room;

import dev.drawbridge.json.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Of what kind the records of the document are, and which hang on which: a shape on its parent, a binding on the shapes at
 * its ends. It is there while somebody is to be told of some of them only.
 */
final class Outline {
    /** A place and its entry, with an id of some thirty characters and the names of its kind. */
    private static final int BYTES_PER_RECORD = 300;

    /** That it hangs on another: the id of that one, an entry in the list here and in the set there. */
    private static final int BYTES_PER_HANGING = 200;

    private final RoomDocument document;
    private final Map<String, Place> places = new HashMap<>();
    private final Map<String, Set<String>> hanging = new HashMap<>();
    private long bytes;

    /** @param on the ids of what the record hangs on, whether or not it is there */
    record Place(String typeName, @Nullable String type, List<String> on) {

        static Place of(JsonObject record) {
            String typeName = record.string("typeName");
            List<String> on =
                    switch (typeName) {
                        case "shape" -> ids(record.string("parentId"));
                        case "binding" -> ids(record.string("fromId"), record.string("toId"));
                        case null, default -> List.of();
                    };
            return new Place(typeName == null ? "" : typeName, record.string("type"), on);
        }

        /** About what it takes with its entry: texts are the record's own as a rule, or one for each kind. */
        long bytes() {
            return BYTES_PER_RECORD + (long) BYTES_PER_HANGING * on.size();
        }

        private static List<String> ids(@Nullable String... ids) {
            List<String> named = new ArrayList<>(ids.length);
            for (String id : ids) {
                if (id != null && !named.contains(id)) {
                    named.add(id);
                }
            }
            return List.copyOf(named);
        }
    }

    /** What became of one record; {@code null} where there is none. */
    record Move(@Nullable Place before, @Nullable Place after) {}

    Outline(RoomDocument document) {
        this.document = document;
    }

    /** About how many bytes it takes. */
    long bytes() {
        return bytes;
    }

    boolean has(String id) {
        return places.containsKey(id);
    }

    @Nullable
    Place place(String id) {
        return places.get(id);
    }

    Set<String> ids() {
        return places.keySet();
    }

    /** A record that is there. */
    JsonObject record(String id) {
        return Objects.requireNonNull(document.get(id), id);
    }

    /** What hangs on a record, whether or not that is there. */
    Set<String> hangingOn(String id) {
        return hanging.getOrDefault(id, Set.of());
    }

    /** These, and all that hangs on them. */
    Set<String> withAllHangingOn(Iterable<String> ids) {
        Set<String> all = new LinkedHashSet<>();
        ids.forEach(all::add);
        List<String> toDo = new ArrayList<>(all);
        while (!toDo.isEmpty()) {
            for (String id : hangingOn(toDo.removeLast())) {
                if (all.add(id)) {
                    toDo.add(id);
                }
            }
        }
        return all;
    }

    /** Takes down what a record of the present document is. */
    void read(String id, JsonObject record) {
        if (!places.containsKey(id)) {
            set(id, Place.of(record));
        }
    }

    private void read(StoredRecord record) {
        if (!places.containsKey(record.id())) {
            set(record.id(), placeOf(record));
        }
    }

    private Place placeOf(StoredRecord record) {
        JsonObject tree = document.parsed(record.id());
        return Place.of(tree == null ? ParsedRecords.parse(record) : tree);
    }

    /** Reads what has not been read yet. */
    void complete() {
        if (places.size() < document.size().records()) {
            document.records().forEach(this::read);
        }
    }

    /** The document has changed: answers what became of each record. */
    Map<String, Move> changed(DocumentChange change) {
        Map<String, Move> moves = LinkedHashMap.newLinkedHashMap(
                change.puts().size() + change.tombstones().size());
        Stream<String> gone = change.tombstones().keySet().stream();
        gone.forEach(id -> moves.put(id, new Move(set(id, null), null)));
        for (StoredRecord put : change.puts()) {
            Place after = placeOf(put);
            moves.put(put.id(), new Move(set(put.id(), after), after));
        }
        return moves;
    }

    private @Nullable Place set(String id, @Nullable Place after) {
        Place before = after == null ? places.remove(id) : places.put(id, after);
        if (after != null && after.equals(before)) {
            return before;
        }
        bytes += (after == null ? 0 : after.bytes()) - (before == null ? 0 : before.bytes());
        if (before != null) {
            before.on.forEach(on -> hanging.computeIfPresent(on, (ignored, ids) -> {
                ids.remove(id);
                return ids.isEmpty() ? null : ids;
            }));
        }
        if (after != null) {
            after.on.forEach(on -> hanging.computeIfAbsent(on, ignored -> new LinkedHashSet<>(2))
                    .add(id));
        }
        return before;
    }
}

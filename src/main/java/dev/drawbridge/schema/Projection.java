package dev.drawbridge.schema;

import dev.drawbridge.json.JsonObject;
import dev.drawbridge.json.JsonValue;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a client sees of our records: those of types that its schema names, in the form that it knows. Clients of equal
 * projections see the same.
 *
 * @param path   the migrations between what it sees and ours
 * @param hidden what its schema does not name
 * @param unknown values that it does not know, of what it sees
 * @param bare    ids that it writes without their prefix
 * @param foreign which types that are not ours it sees; empty where there can be none
 */
public record Projection(
        MigrationPath path,
        Set<Kind> hidden,
        List<Widening> unknown,
        List<BareIds> bare,
        Optional<ForeignTypes> foreign)
        implements RecordMigrations {

    public Projection {
        hidden = Set.copyOf(hidden);
        unknown = List.copyOf(unknown);
        bare = List.copyOf(bare);
    }

    /**
     * A record type, or one kind of its records.
     *
     * @param type the value of {@code type}; empty for all records of the type
     */
    public record Kind(String typeName, Optional<String> type) {
        /** What the sequences of types begin with. */
        static final String PREFIX = "com.tldraw.";

        /** The record types whose records are of several kinds. */
        static final Set<String> WITH_SUBTYPES = Set.of("shape", "binding", "asset");

        /** For example {@code com.tldraw.shape.geo}. */
        static Map<String, Kind> bySequence(Iterable<RecordType> types) {
            Map<String, Kind> kinds = new HashMap<>();
            for (RecordType type : types) {
                String own = PREFIX + type.typeName();
                for (MigrationSequence sequence : type.sequences()) {
                    if (sequence.id().equals(own)) {
                        kinds.put(own, new Kind(type.typeName(), Optional.empty()));
                    } else if (sequence.id().startsWith(own + '.')) {
                        String subtype = sequence.id().substring(own.length() + 1);
                        kinds.put(sequence.id(), new Kind(type.typeName(), Optional.of(subtype)));
                    }
                }
            }
            return Map.copyOf(kinds);
        }
    }

    /**
     * What is left of a path for a client that names only some sequences.
     *
     * @param kinds what the sequences of types are about
     * @param versions the sequences that it names
     */
    static Projection of(
            MigrationPath path,
            Map<String, Kind> kinds,
            JsonObject versions,
            List<Widening> widenings,
            List<BareIds> bareIds,
            Optional<ForeignTypes> foreign) {
        Set<Kind> hidden = new HashSet<>();
        Set<String> unnamed = new HashSet<>();
        kinds.forEach((sequence, kind) -> {
            if (!versions.has(sequence)) {
                unnamed.add(sequence);
                hidden.add(kind);
            }
        });
        List<Widening> unknown = widenings.stream()
                .filter(each -> !each.isKnownTo(versions))
                .filter(each -> !isHidden(hidden, each.typeName(), each.type().orElse(null)))
                .toList();
        List<BareIds> bare =
                bareIds.stream().filter(each -> !each.isKnownTo(versions)).toList();
        return new Projection(path.without(unnamed), hidden, unknown, bare, foreign);
    }

    @Override
    public boolean isEmpty() {
        return path.isEmpty() && unknown.isEmpty() && bare.isEmpty() && !hidesAnything();
    }

    @Override
    public int size() {
        return path.size();
    }

    @Override
    public JsonObject up(JsonObject record) throws MigrationException {
        JsonObject ours = path.up(record);
        for (BareIds each : bare) {
            ours = each.up(ours);
        }
        return ours;
    }

    @Override
    public JsonObject down(JsonObject record) throws MigrationException {
        JsonObject shown = narrow(record);
        for (BareIds each : bare) {
            shown = each.down(shown);
        }
        return path.down(shown);
    }

    private JsonObject narrow(JsonObject record) {
        JsonObject narrowed = record;
        for (Widening each : unknown) {
            narrowed = each.narrow(narrowed);
        }
        return narrowed;
    }

    @Override
    public JsonObject kept(JsonObject before, JsonObject after) {
        JsonValue kept = Widening.restore(before, narrow(before), after);
        return kept instanceof JsonObject record ? record : after;
    }

    @Override
    public boolean hidesAnything() {
        return !hidden.isEmpty() || foreign.isPresent();
    }

    @Override
    public boolean hidesByPlace() {
        return foreign.isPresent()
                || hidden.stream()
                        .anyMatch(kind -> kind.type().isPresent()
                                || kind.typeName().equals("page")
                                || kind.typeName().equals("shape"));
    }

    @Override
    public boolean hides(String typeName, @Nullable String type) {
        return isHidden(hidden, typeName, type)
                || foreign.filter(types -> types.hides(typeName, type)).isPresent();
    }

    @Override
    public boolean takesUnseen(String typeName, @Nullable String type) {
        return type != null
                && foreign.filter(types -> types.isForeign(typeName, type)).isPresent();
    }

    private static boolean isHidden(Set<Kind> hidden, String typeName, @Nullable String type) {
        return hidden.contains(new Kind(typeName, Optional.empty()))
                || (type != null && hidden.contains(new Kind(typeName, Optional.of(type))));
    }
}

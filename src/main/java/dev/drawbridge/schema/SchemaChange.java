package dev.drawbridge.schema;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What it means when a schema takes the place of another one.
 *
 * @param sequences those whose version is another one, or that only one of the two has
 * @param obstacle why stores of the one before could not be opened any more; empty when they can
 */
public record SchemaChange(SortedMap<String, Versions> sequences, Optional<String> obstacle) {

    /** The version of a sequence; -1 where there is none. */
    public record Versions(int before, int after) {}

    static SchemaChange between(StoreSchema before, StoreSchema after) {
        SortedMap<String, Versions> sequences = new TreeMap<>();
        before.versions().forEach((id, version) -> sequences.put(id, new Versions(version, -1)));
        after.versions()
                .forEach((id, version) -> sequences.merge(
                        id, new Versions(-1, version), (was, is) -> new Versions(was.before, is.after)));
        sequences.values().removeIf(versions -> versions.before == versions.after);
        return new SchemaChange(sequences, obstacle(before, after));
    }

    private static Optional<String> obstacle(StoreSchema before, StoreSchema after) {
        List<String> gone = new ArrayList<>(before.documentTypes());
        gone.removeAll(after.documentTypes());
        if (!gone.isEmpty()) {
            return Optional.of(
                    "the record types " + gone + " are gone, and a room with such a record could not be opened");
        }
        return after.migrationsSince(before.serialize()) instanceof MigrationsSince.Incompatible(String why)
                ? Optional.of("no migrations lead to it: " + why)
                : Optional.empty();
    }
}

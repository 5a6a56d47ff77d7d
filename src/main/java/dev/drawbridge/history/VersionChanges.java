package dev.drawbridge.history;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * What has changed in a room's document from one version to a later state.
 *
 * @param version the later state; empty when it is the present one
 * @param since the version from which on; empty when there is none: everything counts as added
 * @param counts how many records, by their type: of all changes
 * @param changes the first ones, in the order of the records' ids
 * @param more whether there are more than those
 * @param by who has changed the room from the one to the other, each once, as far as versions tell; not more than
 *     {@link Version#MOST_CONTRIBUTORS}
 */
public record VersionChanges(
        Optional<VersionId> version,
        Optional<VersionId> since,
        SortedMap<String, Counts> counts,
        List<Change> changes,
        boolean more,
        List<Contributor> by) {

    /** What has become of a record. */
    public enum Kind {
        ADDED,
        CHANGED,
        REMOVED
    }

    /** How many records of a type. */
    public record Counts(int added, int changed, int removed) {}

    /**
     * One record that is not as it was.
     *
     * @param page the id of the page that a shape is on; empty for other records, and for shapes on none
     */
    public record Change(String id, String typeName, Kind kind, Optional<String> page) {}
}

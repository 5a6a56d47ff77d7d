package dev.drawbridge.web.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.drawbridge.history.Contributor;
import dev.drawbridge.history.VersionChanges;
import dev.drawbridge.history.VersionId;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

@Schema(name = "VersionChanges", description = "What has changed from one version to a later state.")
@JsonInclude(JsonInclude.Include.NON_NULL)
record VersionChangesBody(
        @Schema(description = "The later state; absent when it is the present.", example = "019ac0ffee42-3fa9c1")
        @Nullable
        String version,

        @Schema(
                description =
                        "The version from which on; absent when there is none before: everything counts as added.",
                example = "019ac0fe1d10-77ab09")
        @Nullable
        String since,

        @Schema(description = "How many records have changed, by their type.")
        SortedMap<String, Counts> counts,

        @Schema(description = "The first changes, in the order of the records' ids.")
        List<Change> changes,

        @Schema(description = "Whether there are more than those.")
        boolean more,

        @Schema(description = "Who has changed the room from the one to the other, as far as that is known.")
        List<VersionBody.By> by) {

    @Schema(name = "VersionCounts", description = "How many records of a type.")
    record Counts(
            @Schema(example = "3") int added,
            @Schema(example = "1") int changed,
            @Schema(example = "0") int removed) {}

    @Schema(name = "VersionChange", description = "A record that is not as it was.")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Change(
            @Schema(example = "shape:a1") String id,
            @Schema(example = "shape") String typeName,

            @Schema(
                    allowableValues = {"added", "changed", "removed"},
                    example = "added")
            String change,

            @Schema(description = "The page that a shape is on; absent for other records.", example = "page:page")
            @Nullable
            String page) {}

    /** As operators see it. */
    static VersionChangesBody of(VersionChanges changes) {
        return of(changes, VersionBody.By::of);
    }

    /** As users see it. */
    static VersionChangesBody own(VersionChanges changes) {
        return of(changes, VersionBody.By::named);
    }

    private static VersionChangesBody of(VersionChanges changes, Function<List<Contributor>, List<VersionBody.By>> by) {
        SortedMap<String, Counts> counts = new TreeMap<>();
        changes.counts()
                .forEach((type, each) -> counts.put(type, new Counts(each.added(), each.changed(), each.removed())));
        return new VersionChangesBody(
                changes.version().map(VersionId::text).orElse(null),
                changes.since().map(VersionId::text).orElse(null),
                counts,
                changes.changes().stream()
                        .map(change -> new Change(
                                change.id(),
                                change.typeName(),
                                change.kind().name().toLowerCase(Locale.ROOT),
                                change.page().orElse(null)))
                        .toList(),
                changes.more(),
                by.apply(changes.by()));
    }
}

package dev.drawbridge.schema;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One version in a {@link MigrationSequence}: how to come to it from the version before, and back.
 *
 * @param number    1 for the first version of a sequence, and so on without gaps
 * @param name      what it does, in the reference's words; for readers and messages
 * @param step      the change itself
 * @param dependsOn ids of migrations in other sequences that have to run before it
 */
public record Version(int number, String name, Step step, List<String> dependsOn) {

    /** On what a version works. */
    sealed interface Step {
        /** On single records. Without a way down, no client without this version can be served. */
        record OnRecord(Edit up, @Nullable Edit down) implements Step {}

        /** On the store as a whole. It can be neither run nor undone for a single record. */
        record OnStorage(StorageEdit up) implements Step {}

        /** Only the code of whoever made the type knows what it does. */
        record InCode() implements Step {}
    }

    public Version {
        dependsOn = List.copyOf(dependsOn);
    }

    /** A version that cannot be undone. */
    public static Version version(int number, String name, Edit up) {
        return new Version(number, name, new Step.OnRecord(up, null), List.of());
    }

    public static Version version(int number, String name, Edit up, Edit down) {
        return new Version(number, name, new Step.OnRecord(up, down), List.of());
    }

    public static Version storageVersion(int number, String name, StorageEdit up) {
        return new Version(number, name, new Step.OnStorage(up), List.of());
    }

    /** A version whose step is code that is not here. */
    public static Version codeVersion(int number, String name) {
        return new Version(number, name, new Step.InCode(), List.of());
    }

    /** The same version, to be run after those. */
    public Version after(String... migrationIds) {
        return new Version(number, name, step, List.of(migrationIds));
    }
}

package dev.drawbridge.schema;

/** What separates another schema from ours (§3). */
public sealed interface MigrationsSince {

    /** These migrations lead from its records to ours; possibly none. */
    record Known(MigrationPath path) implements MigrationsSince {}

    /**
     * No list of migrations leads from it to ours.
     *
     * @param why names the sequence and both versions
     */
    record Incompatible(String why) implements MigrationsSince {}
}

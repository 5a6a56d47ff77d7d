package dev.drawbridge.schema;

/** Whether a client that speaks another schema can be served (§8), and if not, whose fault it is and why. */
public sealed interface ClientCompatibility {

    /** The client is served; its records go through these migrations. */
    record Compatible(RecordMigrations migrations) implements ClientCompatibility {}

    record ClientTooOld(String why) implements ClientCompatibility {}

    record ServerTooOld(String why) implements ClientCompatibility {}
}

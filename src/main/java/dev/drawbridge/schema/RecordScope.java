package dev.drawbridge.schema;

/** Where the records of a type live (§1). */
public enum RecordScope {
    /** Stored, and shared by all clients. */
    DOCUMENT,
    /** Shared by all clients, never stored. */
    PRESENCE,
    /** Never leaves a client. */
    SESSION
}

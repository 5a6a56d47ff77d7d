package dev.drawbridge.protocol;

/** The bounds that a server sets to what clients and rooms may take (§21.6). Each has a defined answer, and is counted. */
public enum Limit {
    /** A message is too long, all its chunks together. */
    MESSAGE_LENGTH,
    /** A message comes in too many chunks. */
    CHUNKS,
    /** What clients send takes more memory than the node has for it. */
    MEMORY,
    /** JSON is nested too deep. */
    JSON_DEPTH,
    /** A session pushes too often for too long. */
    PUSH_RATE,
    /** A session sends too much for too long. */
    BYTE_RATE,
    /** Too much waits for a client that does not read. */
    OUTBOX,
    /** A room has as many sessions as it may have. */
    SESSIONS_PER_ROOM,
    /** A room has as many sessions that may edit as it may have: who comes next is a viewer. */
    EDITORS_PER_ROOM,
    /** A room has as many records as it may have. */
    RECORDS_PER_ROOM,
    /** A room is as large as it may be. */
    BYTES_PER_ROOM,
    /** A session's presence is too large. */
    PRESENCE_BYTES,
    /** A record is as large as it may be. */
    RECORD_BYTES,
    /** The node has as many rooms open as it may have. */
    ROOMS,
    /** The node has as many sockets open as it may have. */
    CONNECTIONS,
    /** Too many sockets were opened from one address within a minute. */
    CONNECTION_RATE
}

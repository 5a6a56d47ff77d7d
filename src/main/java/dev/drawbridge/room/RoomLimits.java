package dev.drawbridge.room;

/**
 * What a room and its sessions may take (§21.6).
 *
 * @param sessions the most sessions; who comes when there are so many is refused with {@code ROOM_FULL}
 * @param editors the most sessions that may edit; who comes when there are so many is a viewer
 * @param records the most records: a change by which there are more is not taken
 * @param bytes the most bytes of all records: a change by which there are more is not taken
 * @param messagesPerSecond how many messages a session may send for long; for ten seconds it may send as many as it likes
 *     within ten seconds' worth
 * @param charactersPerSecond how much a session may send for long, in the same way
 * @param presenceBytes the most bytes of one session's presence; whoever pushes more is refused with
 *     {@code INVALID_RECORD}
 * @param recordBytes the most bytes of one record: a change by which it grows beyond that is not taken
 */
public record RoomLimits(
        int sessions,
        int editors,
        int records,
        long bytes,
        int messagesPerSecond,
        long charactersPerSecond,
        int presenceBytes,
        int recordBytes) {

    /** Real presences have less than one KB, with a chat message and scribbles a few. */
    public static final int PRESENCE_BYTES = 64 << 10;

    /** As much as a message may have: whoever can send a record whole may keep it, but not make it grow beyond that. */
    public static final int RECORD_BYTES = 16 << 20;

    /** Limits with the default for single records. */
    public RoomLimits(
            int sessions, int editors, int records, long bytes, int messagesPerSecond, long charactersPerSecond) {
        this(sessions, editors, records, bytes, messagesPerSecond, charactersPerSecond, PRESENCE_BYTES, RECORD_BYTES);
    }

    public static final RoomLimits NONE = new RoomLimits(
            Integer.MAX_VALUE,
            Integer.MAX_VALUE,
            Integer.MAX_VALUE,
            Long.MAX_VALUE,
            Integer.MAX_VALUE,
            Integer.MAX_VALUE,
            Integer.MAX_VALUE,
            Integer.MAX_VALUE);

    /**
     * A tldraw page that may not edit sends its user's record again and again, a dozen times a second, and must not be cut
     * off for it (§21.6).
     */
    private static final int READER_MESSAGES_PER_SECOND = 60;

    private static final long READER_CHARACTERS_PER_SECOND = 64 << 10;

    RoomLimits forReaders() {
        return new RoomLimits(
                sessions,
                editors,
                records,
                bytes,
                Math.max(messagesPerSecond, READER_MESSAGES_PER_SECOND),
                Math.max(charactersPerSecond, READER_CHARACTERS_PER_SECOND),
                presenceBytes,
                recordBytes);
    }
}

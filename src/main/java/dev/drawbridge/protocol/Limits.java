package dev.drawbridge.protocol;

import dev.drawbridge.json.Json;

/**
 * All bounds on what clients and rooms may take (§21.6), by what they bound. Whoever keeps to one is given its part; what
 * happens to who goes beyond is said by {@link Limit}.
 */
public record Limits(OfMessage message, OfSession session, OfRoom room, OfNode node) {

    /** What the settings have by default. */
    public static final Limits DEFAULT = new Limits(
            new OfMessage(16 << 20, 100_000, Json.MAX_DEPTH),
            new OfSession(1_000, 16 << 20, 64 << 10, 8 << 20),
            new OfRoom(2_000, Integer.MAX_VALUE, 200_000, 256 << 20, 16 << 20),
            new OfNode(10_000, 10_000, 20_000));

    /** Bounds that nobody reaches, but for those on messages and on what waits for a client. */
    public static final Limits NONE = new Limits(
            DEFAULT.message,
            new OfSession(Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE, DEFAULT.session.outboxBytes),
            new OfRoom(Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE, Long.MAX_VALUE, Integer.MAX_VALUE),
            new OfNode(Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE));

    /**
     * What a message of a client may be.
     *
     * @param length the longest, in UTF-16 units, all its chunks together; by default what the reference takes from 5.5 on
     *     (§21.20): pasted images travel inside records while there is no asset store
     * @param chunks the most chunks that it may come in
     * @param depth how many objects and arrays may be open at once in it, at most {@link Json#MAX_DEPTH}
     */
    public record OfMessage(int length, int chunks, int depth) {}

    /**
     * What a session may do.
     *
     * @param messagesPerSecond how many messages it may send for long; for ten seconds it may send as many as it likes
     *     within ten seconds' worth
     * @param charactersPerSecond how much it may send for long, in the same way
     * @param presenceBytes the most bytes of its presence; real ones have less than one KB, with a chat message and scribbles
     *     a few
     * @param outboxBytes how much may wait for it when it reads slowly
     */
    public record OfSession(int messagesPerSecond, long charactersPerSecond, int presenceBytes, long outboxBytes) {
        /**
         * A tldraw page that may not edit sends its user's record again and again, a dozen times a second, and must not be
         * cut off for it (§21.6).
         */
        private static final int READER_MESSAGES_PER_SECOND = 60;

        private static final long READER_CHARACTERS_PER_SECOND = 64 << 10;

        /** The same for who may only look on. */
        public OfSession forReaders() {
            return new OfSession(
                    Math.max(messagesPerSecond, READER_MESSAGES_PER_SECOND),
                    Math.max(charactersPerSecond, READER_CHARACTERS_PER_SECOND),
                    presenceBytes,
                    outboxBytes);
        }
    }

    /**
     * What a room may hold. A change by which it holds more is not taken.
     *
     * @param sessions the most sessions
     * @param editors the most sessions that may edit
     * @param records the most records
     * @param bytes the most bytes of all records
     * @param recordBytes the most bytes of one record; by default as much as a message may have: whoever can send a record
     *     whole may keep it, but not make it grow beyond that
     */
    public record OfRoom(int sessions, int editors, int records, long bytes, int recordBytes) {}

    /**
     * What a node may hold.
     *
     * @param rooms the most rooms that are open at once
     * @param connections the most sockets that are open at once
     * @param connectionsPerMinute the most sockets that are opened within a minute from one network
     */
    public record OfNode(int rooms, int connections, int connectionsPerMinute) {}
}

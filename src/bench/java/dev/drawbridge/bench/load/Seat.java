package dev.drawbridge.bench.load;

/**
 * What a client is to do.
 *
 * @param peers how many others are in its room
 * @param moves whether its pushes carry a move of its cursor
 * @param edits what its pushes do to the document
 * @param asksBack whether the answers to its pushes are timed
 * @param door by which of several it comes in
 */
record Seat(String room, String session, int peers, boolean moves, Kind edits, boolean asksBack, int door) {

    Seat(String room, String session, int peers, boolean moves, Kind edits, boolean asksBack) {
        this(room, session, peers, moves, edits, asksBack, 0);
    }

    /** What is done to the document. */
    enum Kind {
        NOTHING,
        DRAW,
        MOVE
    }

    /** Somebody who joins and does nothing. */
    static Seat idle(String room, String session) {
        return new Seat(room, session, 0, false, Kind.NOTHING, false);
    }

    boolean isIdle() {
        return !moves && edits == Kind.NOTHING;
    }

    Edits newEdits() {
        return switch (edits) {
            case DRAW -> new Edits.Drawing(session);
            case MOVE, NOTHING -> new Edits.Moving(session);
        };
    }
}

package dev.drawbridge.history;

import java.util.List;

/**
 * What has happened in a room since its newest version.
 *
 * @param by who has changed it
 * @param isChanged whether it has been changed
 * @param since when that was first
 * @param clock the document clock of the last change that is known
 * @param left whether the last session has left since
 * @param underWay whether a version is being made because of this
 * @param failures how often that has failed, one time after the other
 * @param notBefore when it is to be tried again
 */
record Note(
        List<Contributor> by,
        boolean isChanged,
        long since,
        long clock,
        boolean left,
        boolean underWay,
        int failures,
        long notBefore) {
    static final Note NOTHING = new Note(List.of(), false, 0, 0, false, false, 0, 0);

    private static final int MOST_DOUBLINGS = 20;

    /** Whether there is nothing that anybody would miss. */
    boolean isNothing() {
        return !isChanged && !underWay;
    }

    boolean isDue(long now, long every) {
        return isChanged && !underWay && now >= notBefore && (left || failures > 0 || now - since >= every);
    }

    Note changed(List<Contributor> byNow, long now, long atClock) {
        return new Note(
                byNow, true, isChanged ? since : now, Math.max(clock, atClock), false, underWay, failures, notBefore);
    }

    Note leftAlone() {
        return new Note(by, isChanged, since, clock, true, underWay, failures, notBefore);
    }

    Note begun() {
        return new Note(by, isChanged, since, clock, left, true, failures, notBefore);
    }

    Note done() {
        return new Note(by, isChanged, since, clock, left, false, 0, 0);
    }

    Note failed(long now, long first, long last) {
        long pause = Math.min(last, first << Math.min(failures, MOST_DOUBLINGS));
        return new Note(by, true, since, clock, left, false, failures + 1, now + pause);
    }

    /** A version shows this clock. If there have been changes since, nobody knows by whom they are: by all of these. */
    Note taken(long now, long atClock) {
        return clock <= atClock
                ? new Note(List.of(), false, now, clock, false, underWay, failures, notBefore)
                : new Note(by, true, now, clock, left, underWay, failures, notBefore);
    }
}

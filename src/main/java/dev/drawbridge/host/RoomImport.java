package dev.drawbridge.host;

import dev.drawbridge.room.Admitted;
import dev.drawbridge.room.FirstContent;
import dev.drawbridge.room.RoomSnapshot;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;

/**
 * A room that comes from elsewhere, and what is to be done with it.
 *
 * @param replace whether it takes the place of what a room of that name holds; if not, such a room stays as it is
 * @param goesOn whether clients that have known the room on another server may go on from there, when it is new here
 *     (§21.21); if not, they are wiped and given all of it
 */
public record RoomImport(RoomSnapshot content, boolean replace, boolean goesOn) {

    /**
     * What has become of it.
     *
     * @param created whether there was no such room
     * @param goesOn whether clients of another server go on from what they know
     * @param leftOut how many records were left out, by their type
     * @param before what the room held right before, if it was replaced; empty also when that was done by another server
     */
    public record Outcome(
            boolean created,
            boolean goesOn,
            int records,
            long documentClock,
            SortedMap<String, Integer> leftOut,
            Optional<RoomSnapshot> before) {}

    FirstContent first(RoomSnapshot admitted) {
        return new FirstContent(admitted, goesOn ? OptionalLong.of(content.documentClock()) : OptionalLong.empty());
    }

    static Outcome created(Admitted admitted, RoomDetails room, boolean goesOn) {
        return new Outcome(
                true,
                goesOn,
                admitted.snapshot().documents().size(),
                room.documentClock(),
                admitted.leftOut(),
                Optional.empty());
    }

    static Outcome replaced(Admitted admitted, Replaced replaced) {
        return new Outcome(
                false,
                false,
                admitted.snapshot().documents().size(),
                replaced.documentClock(),
                admitted.leftOut(),
                Optional.of(replaced.before()));
    }
}

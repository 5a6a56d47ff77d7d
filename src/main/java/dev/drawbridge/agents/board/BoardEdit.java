package dev.drawbridge.agents.board;

import dev.drawbridge.json.JsonObject;
import java.util.List;
import java.util.Optional;

/**
 * A change of a board that is made at once, in one push. What of it its maker may not write is passed over.
 *
 * @param puts records as they are to be, whole, each with its id; new ones and changed ones
 * @param deletes ids of records that are to be there no more
 * @param at where whoever makes it is seen from then on; as before when empty
 */
public record BoardEdit(List<JsonObject> puts, List<String> deletes, Optional<Pointing> at) {
    public BoardEdit {
        puts = List.copyOf(puts);
        deletes = List.copyOf(deletes);
    }
}

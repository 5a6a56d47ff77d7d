package dev.drawbridge.room.comments;

import dev.drawbridge.json.JsonObject;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;

/** Which members of a record are others afterwards. */
final class Members {

    private Members() {}

    static Set<String> changed(JsonObject before, JsonObject after) {
        Set<String> changed = new HashSet<>(before.keys());
        changed.addAll(after.keys());
        changed.removeIf(member -> Objects.equals(before.get(member), after.get(member)));
        return changed;
    }
}

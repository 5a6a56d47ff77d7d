package dev.drawbridge.room;

import dev.drawbridge.diff.NetworkDiff;
import dev.drawbridge.diff.ObjectDiff;
import dev.drawbridge.diff.RecordDiffer;
import dev.drawbridge.diff.RecordOp;
import dev.drawbridge.json.JsonObject;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/** What became of one record. */
sealed interface RecordChange {

    String id();

    /** There was none before. */
    record Created(String id, JsonObject record) implements RecordChange {}

    /** There was one before; the effect is computed with string appends or without. */
    record Updated(String id, JsonObject before, JsonObject after, ObjectDiff effect) implements RecordChange {

        static Updated between(JsonObject before, JsonObject after, String id, RecordDiffer differ) {
            return new Updated(id, before, after, differ.diff(before, after));
        }
    }

    /** There is none any more. */
    record Deleted(String id) implements RecordChange {}

    /** The operation that tells of this change. */
    default RecordOp op() {
        return switch (this) {
            case Created(String ignored, JsonObject record) -> new RecordOp.Put(record);
            case Updated(String ignored, JsonObject before, JsonObject after, ObjectDiff effect) ->
                new RecordOp.Patch(effect);
            case Deleted ignored -> RecordOp.Remove.INSTANCE;
        };
    }

    static NetworkDiff diffOf(Collection<? extends RecordChange> changes) {
        Map<String, RecordOp> ops = LinkedHashMap.newLinkedHashMap(changes.size());
        changes.forEach(change -> ops.put(change.id(), change.op()));
        return new NetworkDiff(ops);
    }
}

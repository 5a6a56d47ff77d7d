package dev.drawbridge.diff;

import dev.drawbridge.json.JsonObject;
import dev.drawbridge.json.JsonValue;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Changes of many records, each by its id (§5). */
public record NetworkDiff(Map<String, RecordOp> ops) {
    public static final NetworkDiff EMPTY = new NetworkDiff(Map.of());

    public NetworkDiff {
        ops = Collections.unmodifiableMap(new LinkedHashMap<>(ops));
    }

    public static NetworkDiff of(String id, RecordOp op) {
        return new NetworkDiff(Map.of(id, op));
    }

    public boolean isEmpty() {
        return ops.isEmpty();
    }

    /** Whether a pushed diff says exactly this; what follows in a remove operation means nothing (§5). */
    public boolean isWhatWasPushed(@Nullable JsonValue pushed) {
        return pushed instanceof JsonObject diff
                && diff.size() == ops.size()
                && ops.entrySet().stream().allMatch(op -> op.getValue().isWhatWasPushed(diff.get(op.getKey())));
    }

    public JsonObject toJson() {
        JsonObject.Builder json = JsonObject.builder();
        ops.forEach((id, op) -> json.put(id, op.toJson()));
        return json.build();
    }
}

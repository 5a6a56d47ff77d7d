package dev.drawbridge.room;

import dev.drawbridge.json.JsonArray;
import dev.drawbridge.json.JsonObject;
import dev.drawbridge.json.JsonString;
import dev.drawbridge.json.JsonValue;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Looks for what a client before protocol 8 does not understand (§21.2). */
final class StringAppends {

    private StringAppends() {}

    /** Whether a server message carries a string append in a patch or a rebase. */
    static boolean in(JsonObject message) {
        return inNetworkDiff(message.get("diff"))
                || (message.get("action") instanceof JsonObject action && inNetworkDiff(action.get("rebaseWithDiff")));
    }

    private static boolean inNetworkDiff(@Nullable JsonValue diff) {
        return diff instanceof JsonObject ops
                && ops.entries().stream()
                        .anyMatch(op -> op.getValue() instanceof JsonArray(List<JsonValue> parts)
                                && isKind(parts, "patch")
                                && inObjectDiff(parts.get(1)));
    }

    private static boolean inObjectDiff(JsonValue diff) {
        return diff instanceof JsonObject ops
                && ops.entries().stream()
                        .anyMatch(op -> op.getValue() instanceof JsonArray(List<JsonValue> parts)
                                && (isKind(parts, "append")
                                        ? parts.get(1) instanceof JsonString
                                        : isKind(parts, "patch") && inObjectDiff(parts.get(1))));
    }

    private static boolean isKind(List<JsonValue> op, String kind) {
        return op.getFirst().equals(new JsonString(kind));
    }
}

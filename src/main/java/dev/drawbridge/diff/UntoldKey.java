package dev.drawbridge.diff;

import dev.drawbridge.json.JsonArray;
import dev.drawbridge.json.JsonObject;
import dev.drawbridge.json.JsonValue;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The one key of which no diff tells (§21.20): in JavaScript an operation under it would change what an object inherits. In
 * a value that is put whole it is data like any other.
 */
final class UntoldKey {
    private static final String NAME = "__proto__";

    private UntoldKey() {}

    static boolean is(String key) {
        return key.equals(NAME);
    }

    /** Whether two values differ in it anywhere; what both share is not looked at. */
    static boolean differs(@Nullable JsonValue one, @Nullable JsonValue other) {
        if (one == other) {
            return false;
        }
        if (one instanceof JsonObject before && other instanceof JsonObject after) {
            if (!Objects.equals(before.get(NAME), after.get(NAME))) {
                return true;
            }
            for (Map.Entry<String, JsonValue> member : before.entries()) {
                if (differs(member.getValue(), after.get(member.getKey()))) {
                    return true;
                }
            }
        }
        if (one instanceof JsonArray before && other instanceof JsonArray after) {
            int both = Math.min(before.size(), after.size());
            for (int i = 0; i < both; i++) {
                if (differs(before.get(i), after.get(i))) {
                    return true;
                }
            }
        }
        return false;
    }
}

package dev.drawbridge.room;

import dev.drawbridge.json.JsonObject;
import java.util.Objects;
import java.util.Optional;

/**
 * What has been decided about a write.
 *
 * @param record what a new record is to be stored as; empty for what was asked about. For other writes it says nothing
 */
public record WriteVerdict(boolean allowed, Optional<JsonObject> record) {
    public static final WriteVerdict ALLOWED = new WriteVerdict(true, Optional.empty());
    public static final WriteVerdict REFUSED = new WriteVerdict(false, Optional.empty());

    /** A record is stored as another. */
    public static WriteVerdict allowedAs(JsonObject record) {
        return new WriteVerdict(true, Optional.of(record));
    }

    /** The new record as it is to be stored. Who makes another record of it, or one of another type, has not understood. */
    Optional<JsonObject> created(JsonObject asked) {
        if (!allowed) {
            return Optional.empty();
        }
        JsonObject stored = record.orElse(asked);
        return isSame(asked, stored, "id") && isSame(asked, stored, "typeName")
                ? Optional.of(stored)
                : Optional.empty();
    }

    private static boolean isSame(JsonObject one, JsonObject other, String member) {
        return Objects.equals(one.get(member), other.get(member));
    }
}

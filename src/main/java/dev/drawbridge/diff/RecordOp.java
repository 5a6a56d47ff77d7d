package dev.drawbridge.diff;

import dev.drawbridge.json.JsonArray;
import dev.drawbridge.json.JsonNull;
import dev.drawbridge.json.JsonObject;
import dev.drawbridge.json.JsonString;
import dev.drawbridge.json.JsonValue;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What happens to one record (§5). */
public sealed interface RecordOp {

    /** The whole record, new or in place of the old one. */
    record Put(JsonObject record) implements RecordOp {}

    /** Changes within the record. */
    record Patch(ObjectDiff diff) implements RecordOp {}

    /** The record is gone. */
    record Remove() implements RecordOp {
        public static final Remove INSTANCE = new Remove();
    }

    /** Reads an operation; empty when it is of a kind that is to be ignored (§12.2), or no operation at all (§21.13). */
    static Optional<RecordOp> read(JsonValue json) throws MalformedDiffException {
        if (json == JsonNull.NULL) {
            throw new MalformedDiffException("null in place of a record operation");
        }
        if (!(json instanceof JsonArray op) || op.size() == 0 || !(op.get(0) instanceof JsonString(String kind))) {
            return Optional.empty();
        }
        return switch (kind) {
            case "put" -> {
                if (op.size() < 2 || !(op.get(1) instanceof JsonObject record)) {
                    throw new MalformedDiffException("put without a record");
                }
                yield Optional.of(new Put(record));
            }
            case "patch" -> {
                if (op.size() < 2) {
                    throw new MalformedDiffException("patch without a diff");
                }
                yield Optional.of(new Patch(ObjectDiff.read(op.get(1))));
            }
            case "remove" -> Optional.of(Remove.INSTANCE);
            default -> Optional.empty();
        };
    }

    /** Whether a pushed operation is this one. */
    default boolean isWhatWasPushed(@Nullable JsonValue pushed) {
        return this instanceof Remove
                ? pushed instanceof JsonArray op && op.size() > 0 && op.get(0).equals(JsonString.of("remove"))
                : toJson().equals(pushed);
    }

    default JsonValue toJson() {
        return switch (this) {
            case Put(JsonObject record) -> JsonArray.of(JsonString.of("put"), record);
            case Patch(ObjectDiff diff) -> JsonArray.of(JsonString.of("patch"), diff.toJson());
            case Remove() -> JsonArray.of(JsonString.of("remove"));
        };
    }
}

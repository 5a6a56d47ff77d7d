package dev.drawbridge.diff;

import dev.drawbridge.json.JsonArray;
import dev.drawbridge.json.JsonNull;
import dev.drawbridge.json.JsonNumber;
import dev.drawbridge.json.JsonString;
import dev.drawbridge.json.JsonValue;
import java.util.Optional;

/** What happens to one value inside a record (§5). */
public sealed interface ValueOp {

    /** Sets the value. */
    record Put(JsonValue value) implements ValueOp {}

    /** Removes the key. */
    record Delete() implements ValueOp {
        static final Delete INSTANCE = new Delete();
    }

    /** Continues a string or an array that is {@code offset} long (UTF-16 units, or items). */
    record Append(JsonValue tail, double offset) implements ValueOp {}

    /** Changes parts of an object or an array. */
    record Patch(ObjectDiff diff) implements ValueOp {}

    /** Reads an operation; empty when it is of a kind that is to be ignored (§5), or no operation at all (§21.13). */
    static Optional<ValueOp> read(JsonValue json) throws MalformedDiffException {
        if (json == JsonNull.NULL) {
            throw new MalformedDiffException("null in place of a value operation");
        }
        if (!(json instanceof JsonArray op) || op.size() == 0 || !(op.get(0) instanceof JsonString(String kind))) {
            return Optional.empty();
        }
        return switch (kind) {
            // Without a value it puts JavaScript's undefined, which counts as absent (§21.20).
            case "put" -> Optional.of(op.size() < 2 ? Delete.INSTANCE : new Put(op.get(1)));
            case "delete" -> Optional.of(Delete.INSTANCE);
            case "append" ->
                op.size() >= 3 && op.get(2) instanceof JsonNumber(double offset)
                        ? Optional.of(new Append(op.get(1), offset))
                        : Optional.empty();
            case "patch" -> {
                if (op.size() < 2) {
                    throw new MalformedDiffException("patch without a diff");
                }
                yield Optional.of(new Patch(ObjectDiff.read(op.get(1))));
            }
            default -> Optional.empty();
        };
    }

    default JsonValue toJson() {
        return switch (this) {
            case Put(JsonValue value) -> JsonArray.of(JsonString.of("put"), value);
            case Delete() -> JsonArray.of(JsonString.of("delete"));
            case Append(JsonValue tail, double offset) ->
                JsonArray.of(JsonString.of("append"), tail, JsonNumber.of(offset));
            case Patch(ObjectDiff diff) -> JsonArray.of(JsonString.of("patch"), diff.toJson());
        };
    }
}

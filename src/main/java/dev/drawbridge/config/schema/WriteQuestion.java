package dev.drawbridge.config.schema;

import dev.drawbridge.json.Json;
import dev.drawbridge.json.JsonArray;
import dev.drawbridge.json.JsonBoolean;
import dev.drawbridge.json.JsonException;
import dev.drawbridge.json.JsonNull;
import dev.drawbridge.json.JsonObject;
import dev.drawbridge.json.JsonString;
import dev.drawbridge.json.JsonValue;
import dev.drawbridge.protocol.ObjectAccess;
import dev.drawbridge.room.Author;
import dev.drawbridge.room.RecordWrite;
import dev.drawbridge.room.WriteVerdict;
import java.util.ArrayList;
import java.util.List;

/** What is asked about the writes of one push, and how the answer is read. What is not understood is no answer. */
record WriteQuestion(String roomId, Author author, List<RecordWrite> writes) {

    byte[] encode() {
        boolean mayWriteObjects = author.rights().objects() == ObjectAccess.WRITE;
        String permission = !author.rights().readonly() ? "edit" : mayWriteObjects ? "comment" : "view";
        JsonValue user = author.userId()
                .<JsonValue>map(id -> JsonObject.builder()
                        .put("id", id)
                        .put(
                                "name",
                                author.userName()
                                        .<JsonValue>map(JsonString::new)
                                        .orElse(JsonNull.NULL))
                        .build())
                .orElse(JsonNull.NULL);
        List<JsonValue> each = new ArrayList<>(writes.size());
        writes.forEach(write -> each.add(json(write)));
        return Json.encode(JsonObject.builder()
                .put("room", roomId)
                .put("session", author.sessionId())
                .put("user", user)
                .put("permission", permission)
                .put("readonly", JsonBoolean.of(author.rights().readonly()))
                .put("objectAccess", mayWriteObjects ? "write" : "read")
                .put("writes", new JsonArray(each))
                .build());
    }

    private static JsonObject json(RecordWrite write) {
        return switch (write) {
            case RecordWrite.Create(JsonObject record) -> json("create", JsonNull.NULL, record);
            case RecordWrite.Update(JsonObject before, JsonObject after) -> json("update", before, after);
            case RecordWrite.Delete(JsonObject record) -> json("delete", record, JsonNull.NULL);
        };
    }

    private static JsonObject json(String kind, JsonValue before, JsonValue after) {
        return JsonObject.builder()
                .put("kind", kind)
                .put("before", before)
                .put("after", after)
                .build();
    }

    /** @throws UnusableAnswer when it says nothing, or not about each write */
    List<WriteVerdict> verdicts(byte[] answer) {
        try {
            if (!(Json.parse(answer) instanceof JsonArray(List<JsonValue> items))) {
                throw new UnusableAnswer("its answer is no array");
            }
            if (items.size() != writes.size()) {
                throw new UnusableAnswer("it was asked about " + writes.size() + " writes, and its answer has "
                        + items.size() + " items");
            }
            List<WriteVerdict> verdicts = new ArrayList<>(items.size());
            for (JsonValue item : items) {
                verdicts.add(verdict(item));
            }
            return verdicts;
        } catch (JsonException e) {
            throw new UnusableAnswer("its answer is not JSON");
        }
    }

    private static WriteVerdict verdict(JsonValue item) {
        if (!(item instanceof JsonObject verdict) || !(verdict.get("allow") instanceof JsonBoolean(boolean allow))) {
            throw new UnusableAnswer("its answer has an item without an \"allow\" that is true or false");
        }
        if (!allow) {
            return WriteVerdict.REFUSED;
        }
        return switch (verdict.get("record")) {
            case null -> WriteVerdict.ALLOWED;
            case JsonNull ignored -> WriteVerdict.ALLOWED;
            case JsonObject record -> WriteVerdict.allowedAs(record);
            default -> throw new UnusableAnswer("its answer has a \"record\" that is no object");
        };
    }

    /** Its message is the rest of a sentence about whoever has answered. */
    static final class UnusableAnswer extends RuntimeException {
        UnusableAnswer(String message) {
            super(message);
        }
    }
}

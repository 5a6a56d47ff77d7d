package dev.drawbridge.protocol;

import dev.drawbridge.diff.NetworkDiff;
import dev.drawbridge.json.Json;
import dev.drawbridge.json.JsonObject;
import dev.drawbridge.json.JsonString;
import dev.drawbridge.json.JsonValue;
import org.jspecify.annotations.Nullable;

/** What travels inside a {@code data} message (§4). It is encoded once, however many sessions receive it. */
public sealed interface DataEvent extends ServerMessage {

    /** Changes that others made. */
    record Patch(long serverClock, NetworkDiff diff) implements DataEvent {
        @Override
        public byte[] encode() {
            return Json.encode(JsonObject.builder()
                    .put("type", "patch")
                    .put("diff", diff.toJson())
                    .put("serverClock", serverClock)
                    .build());
        }
    }

    /** What became of a push. The clientClock is echoed as it came; Java {@code null} when there was none. */
    record PushResult(@Nullable JsonValue clientClock, long serverClock, Action action) implements DataEvent {
        @Override
        public byte[] encode() {
            JsonObject.Builder json = JsonObject.builder().put("type", "push_result");
            if (clientClock != null) {
                json.put("clientClock", clientClock);
            }
            return Json.encode(json.put("serverClock", serverClock)
                    .put("action", action.toJson())
                    .build());
        }
    }

    /** The verdict on a push (§12.4). */
    sealed interface Action {

        /** Applied exactly as pushed. */
        record Commit() implements Action {}

        /** Nothing of it had an effect. */
        record Discard() implements Action {}

        /** Applied, but with this effect. */
        record Rebase(NetworkDiff diff) implements Action {}

        default JsonValue toJson() {
            return switch (this) {
                case Commit() -> new JsonString("commit");
                case Discard() -> new JsonString("discard");
                case Rebase(NetworkDiff diff) -> JsonObject.of("rebaseWithDiff", diff.toJson());
            };
        }
    }
}

package dev.drawbridge.protocol;

import dev.drawbridge.diff.NetworkDiff;
import dev.drawbridge.json.Json;
import dev.drawbridge.json.JsonObject;
import dev.drawbridge.json.JsonString;
import dev.drawbridge.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What travels inside a {@code data} message (§4). It is encoded once, however many sessions receive it. */
public sealed interface DataEvent extends ServerMessage {

    /** The document clock that the event brings its receiver to. */
    long serverClock();

    /** The event as it is held and sent: bytes, and no tree behind them. */
    default Encoded encoded() {
        return new Encoded(encode(), serverClock(), -1, null);
    }

    /**
     * An event that is encoded.
     *
     * @param json shared between receivers: nobody writes to it
     * @param actionAt where in it the verdict of a push result stands
     * @param verdict of a push result; {@code null} for other events
     */
    record Encoded(
            byte[] json,
            long serverClock,
            int actionAt,
            @Nullable Verdict verdict) implements DataEvent {
        private static final byte[] DISCARD = "\"discard\"}".getBytes(StandardCharsets.UTF_8);

        /** Whether it answers a push of the one who receives it. */
        public boolean isPushResult() {
            return verdict != null;
        }

        /** The same answer to the same push, but that nothing of it had an effect. */
        public Encoded asDiscard() {
            byte[] discard = Arrays.copyOf(json, actionAt + DISCARD.length);
            System.arraycopy(DISCARD, 0, discard, actionAt, DISCARD.length);
            return new Encoded(discard, serverClock, actionAt, Verdict.DISCARD);
        }

        @Override
        public byte[] encode() {
            return json;
        }

        @Override
        public Encoded encoded() {
            return this;
        }
    }

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
        private static final byte[] ACTION = ",\"action\":".getBytes(StandardCharsets.UTF_8);

        @Override
        public byte[] encode() {
            return encoded().json();
        }

        /** The verdict comes last, so that another one can be put in its place. */
        @Override
        public Encoded encoded() {
            JsonObject.Builder head = JsonObject.builder().put("type", "push_result");
            if (clientClock != null) {
                head.put("clientClock", clientClock);
            }
            byte[] before = Json.encode(head.put("serverClock", serverClock).build());
            byte[] verdict = Json.encode(action.toJson());
            int actionAt = before.length - 1 + ACTION.length;
            byte[] json = Arrays.copyOf(before, actionAt + verdict.length + 1);
            System.arraycopy(ACTION, 0, json, before.length - 1, ACTION.length);
            System.arraycopy(verdict, 0, json, actionAt, verdict.length);
            json[json.length - 1] = '}';
            return new Encoded(json, serverClock, actionAt, action.verdict());
        }
    }

    /** The kinds of verdict on a push. */
    enum Verdict {
        COMMIT,
        DISCARD,
        REBASE
    }

    /** The verdict on a push (§12.4). */
    sealed interface Action {

        /** Applied exactly as pushed. */
        record Commit() implements Action {}

        /** Nothing of it had an effect. */
        record Discard() implements Action {}

        /** Applied, but with this effect. */
        record Rebase(NetworkDiff diff) implements Action {}

        default Verdict verdict() {
            return switch (this) {
                case Commit() -> Verdict.COMMIT;
                case Discard() -> Verdict.DISCARD;
                case Rebase(var ignored) -> Verdict.REBASE;
            };
        }

        default JsonValue toJson() {
            return switch (this) {
                case Commit() -> new JsonString("commit");
                case Discard() -> new JsonString("discard");
                case Rebase(NetworkDiff diff) -> JsonObject.of("rebaseWithDiff", diff.toJson());
            };
        }
    }
}

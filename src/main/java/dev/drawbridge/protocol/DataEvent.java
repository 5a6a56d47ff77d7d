package dev.drawbridge.protocol;

import dev.drawbridge.diff.NetworkDiff;
import dev.drawbridge.json.Json;
import dev.drawbridge.json.JsonObject;
import dev.drawbridge.json.JsonString;
import dev.drawbridge.json.JsonValue;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What travels inside a {@code data} message (§4). It is encoded when it is made, once, however many sessions receive it
 * and however long it waits: what waits is bytes that can be counted, and never the trees that it was made of.
 */
public sealed interface DataEvent extends ServerMessage {

    /** The clock that whoever has read this event has reached. */
    long serverClock();

    /**
     * Changes that others made.
     *
     * @param encode the whole event
     */
    record Patch(long serverClock, Payload encode) implements DataEvent {

        public Patch(long serverClock, NetworkDiff diff) {
            this(
                    serverClock,
                    Payload.of(Json.encode(JsonObject.builder()
                            .put("type", "patch")
                            .put("diff", diff.toJson())
                            .put("serverClock", serverClock)
                            .build())));
        }

        /** A patch of nothing but whole records and removes; the records stay the bytes that they are kept as. */
        public static Patch of(long serverClock, List<RecordPuts> puts, List<String> removes) {
            return new Patch(
                    serverClock,
                    Payload.concat(List.of(
                            Payload.of(utf8("{\"type\":\"patch\",\"diff\":")),
                            RecordDiff.of(puts, removes),
                            Payload.of(utf8(",\"serverClock\":" + serverClock + "}")))));
        }
    }

    /**
     * What became of a push.
     *
     * @param bytes the whole event
     * @param clockAt where in it the member with the clock begins
     */
    record PushResult(long serverClock, Verdict verdict, byte[] bytes, int clockAt) implements DataEvent {

        /**
         * Makes the answer to a push.
         *
         * @param clientClock echoed as it came; Java {@code null} when there was none
         */
        public static PushResult of(@Nullable JsonValue clientClock, long serverClock, Action action) {
            ByteArrayOutputStream head = new ByteArrayOutputStream();
            head.writeBytes(utf8("{\"type\":\"push_result\""));
            if (clientClock != null) {
                head.writeBytes(utf8(",\"clientClock\":"));
                head.writeBytes(Json.encode(clientClock));
            }
            return of(head, serverClock, action);
        }

        private static PushResult of(ByteArrayOutputStream out, long serverClock, Action action) {
            int clockAt = out.size();
            out.writeBytes(utf8(",\"serverClock\":" + serverClock + ",\"action\":"));
            out.writeBytes(Json.encode(action.toJson()));
            out.write('}');
            return new PushResult(serverClock, action.verdict(), out.toByteArray(), clockAt);
        }

        /**
         * The answer to the same push, but that nothing came of it. A client that is told so drops what it had assumed, and
         * has to be given afterwards what is true.
         *
         * @param clientsClock the clock that the client has reached: if it is cut off before it is given that, it asks for
         *     what has changed since
         */
        public PushResult discarded(long clientsClock) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            out.write(bytes, 0, clockAt);
            return of(out, clientsClock, new Action.Discard());
        }

        @Override
        public Payload encode() {
            return Payload.of(bytes);
        }
    }

    /** What a push has come to, in a word. */
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
                case Rebase ignored -> Verdict.REBASE;
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

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}

package dev.drawbridge.protocol;

import dev.drawbridge.json.Json;
import dev.drawbridge.json.JsonObject;
import dev.drawbridge.json.JsonValue;

/** A message of the server (§4). */
public sealed interface ServerMessage
        permits DataEvent,
                ConnectResponse,
                ServerMessage.Pong,
                ServerMessage.IncompatibilityError,
                ServerMessage.Custom {

    /** The message as UTF-8 JSON. The array is shared between receivers: nobody writes to it. */
    byte[] encode();

    /** The message as it is sent. */
    default Payload payload() {
        return Payload.of(encode());
    }

    /** About how many bytes the encoded message takes, found without encoding it. */
    default long estimatedSize() {
        return 256;
    }

    /** The answer to a ping. */
    record Pong() implements ServerMessage {
        private static final byte[] ENCODED =
                Json.encode(JsonObject.builder().put("type", "pong").build());

        @Override
        public byte[] encode() {
            return ENCODED;
        }
    }

    /** Tells a client of protocol 5 or 6 why it is refused; newer ones read it from the close reason (§7). */
    record IncompatibilityError(RefusalReason reason) implements ServerMessage {
        @Override
        public byte[] encode() {
            return Json.encode(JsonObject.builder()
                    .put("type", "incompatibility_error")
                    .put("reason", reason.legacyName())
                    .build());
        }
    }

    /** Something that the host application wants to tell its clients. */
    record Custom(JsonValue data) implements ServerMessage {
        @Override
        public byte[] encode() {
            return Json.encode(
                    JsonObject.builder().put("type", "custom").put("data", data).build());
        }
    }
}

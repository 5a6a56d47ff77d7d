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

    /** The message as UTF-8 JSON. What it costs to hold it is its length, whoever shares it. */
    Payload encode();

    /** The answer to a ping. */
    record Pong() implements ServerMessage {
        private static final Payload ENCODED =
                Payload.of(Json.encode(JsonObject.builder().put("type", "pong").build()));

        @Override
        public Payload encode() {
            return ENCODED;
        }
    }

    /**
     * Tells a client of protocol 5 or 6 why it is refused; newer ones read it from the close reason (§7).
     */
    record IncompatibilityError(RefusalReason reason) implements ServerMessage {
        @Override
        public Payload encode() {
            return Payload.of(Json.encode(JsonObject.builder()
                    .put("type", "incompatibility_error")
                    .put("reason", reason.legacyName())
                    .build()));
        }
    }

    /**
     * Something that the host application wants to tell its clients.
     *
     * @param encode the whole message, made once for all who receive it
     */
    record Custom(Payload encode) implements ServerMessage {
        public Custom(JsonValue data) {
            this(Payload.of(Json.encode(
                    JsonObject.builder().put("type", "custom").put("data", data).build())));
        }
    }
}

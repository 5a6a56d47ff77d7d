package dev.drawbridge.protocol;

import dev.drawbridge.json.JsonNumber;
import dev.drawbridge.json.JsonObject;
import dev.drawbridge.json.JsonValue;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A message of a client (§3). Only its outer form is known to be right: what is inside may be anything and is judged by
 * the room, in the order of the rules. An absent member is Java {@code null}, which is not JSON's null.
 */
public sealed interface ClientMessage {

    /** Asks to join the room. */
    record Connect(
            @Nullable JsonValue connectRequestId,
            @Nullable JsonValue protocolVersion,
            @Nullable JsonValue schema,
            @Nullable JsonValue lastServerClock)
            implements ClientMessage {}

    /** Changes documents, presence, or both. */
    record Push(
            @Nullable JsonValue clientClock,
            @Nullable JsonValue diff,
            @Nullable JsonValue presence) implements ClientMessage {}

    /** Asks for a sign of life. */
    record Ping() implements ClientMessage {}

    /** Reads a message; empty when it is none that a client may send. */
    static Optional<ClientMessage> read(JsonValue json) {
        if (!(json instanceof JsonObject message)) {
            return Optional.empty();
        }
        return switch (message.string("type")) {
            case "connect" ->
                Optional.of(new Connect(
                        message.get("connectRequestId"),
                        message.get("protocolVersion"),
                        message.get("schema"),
                        message.get("lastServerClock")));
            case "push" ->
                Optional.of(new Push(message.get("clientClock"), message.get("diff"), message.get("presence")));
            case "ping" -> Optional.of(new Ping());
            case null, default -> Optional.empty();
        };
    }

    /** A number of this message, or {@code NaN} when something else, or nothing, stands there. */
    static double number(@Nullable JsonValue value) {
        return value instanceof JsonNumber(double number) ? number : Double.NaN;
    }
}

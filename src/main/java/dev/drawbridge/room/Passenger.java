package dev.drawbridge.room;

import dev.drawbridge.json.JsonObject;
import dev.drawbridge.json.JsonValue;
import java.util.Optional;

/**
 * Somebody in a room that moves to another node: what the room knows of its session. Its socket stays where it is.
 *
 * @param rights what it may do, by whatever decision
 * @param protocol the version that its client speaks
 * @param schema that of its client; empty when it is the room's own
 * @param presenceId by which the others know where it is
 * @param presence where it is; empty when it has not said so
 */
public record Passenger(
        Visitor visitor,
        Rights rights,
        int protocol,
        Optional<JsonValue> schema,
        String presenceId,
        Optional<JsonObject> presence) {}

package dev.drawbridge.cluster.link;

import dev.drawbridge.json.Json;
import dev.drawbridge.json.JsonArray;
import dev.drawbridge.json.JsonBoolean;
import dev.drawbridge.json.JsonException;
import dev.drawbridge.json.JsonNumber;
import dev.drawbridge.json.JsonObject;
import dev.drawbridge.json.JsonValue;
import dev.drawbridge.protocol.ObjectAccess;
import dev.drawbridge.room.Passenger;
import dev.drawbridge.room.Rights;
import dev.drawbridge.room.Visitor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Who goes with a room that moves, as it is sent: JSON.
 *
 * @param schema that of the room, by which the presences are to be read
 */
public record People(JsonObject schema, List<Passenger> passengers) {

    public byte[] encode() {
        return Json.encode(JsonObject.builder()
                .put("schema", schema)
                .put(
                        "passengers",
                        new JsonArray(List.copyOf(
                                passengers.stream().map(People::passenger).toList())))
                .build());
    }

    private static JsonObject passenger(Passenger passenger) {
        Visitor visitor = passenger.visitor();
        JsonObject.Builder json = JsonObject.builder()
                .put("sessionId", visitor.sessionId())
                .put("granted", rights(visitor.rights()))
                .put("expiresAt", Long.toString(visitor.expiresAt())) // more than a JSON number holds
                .put("rights", rights(passenger.rights()))
                .put("protocol", passenger.protocol())
                .put("presenceId", passenger.presenceId());
        if (visitor.userId() != null) {
            json.put("userId", visitor.userId());
        }
        if (visitor.userName() != null) {
            json.put("userName", visitor.userName());
        }
        passenger.schema().ifPresent(schema -> json.put("schema", schema));
        passenger.presence().ifPresent(presence -> json.put("presence", presence));
        return json.build();
    }

    public static People decode(byte[] bytes) throws MalformedFrameException {
        try {
            if (Json.parse(bytes) instanceof JsonObject people
                    && people.get("schema") instanceof JsonObject schema
                    && people.get("passengers") instanceof JsonArray array) {
                List<Passenger> passengers = new ArrayList<>(array.size());
                for (JsonValue each : array.items()) {
                    passengers.add(passenger(each));
                }
                return new People(schema, passengers);
            }
        } catch (JsonException | NumberFormatException e) {
            throw new MalformedFrameException("people who are none: " + e.getMessage());
        }
        throw new MalformedFrameException("people who are none");
    }

    private static Passenger passenger(JsonValue value) throws MalformedFrameException {
        if (!(value instanceof JsonObject json)) {
            throw new MalformedFrameException("a passenger who is none");
        }
        Visitor visitor = new Visitor(
                text(json, "sessionId"),
                rights(json, "granted"),
                json.string("userId"),
                json.string("userName"),
                Long.parseLong(text(json, "expiresAt")));
        return new Passenger(
                visitor,
                rights(json, "rights"),
                json.get("protocol") instanceof JsonNumber(double protocol) ? (int) protocol : 0,
                Optional.ofNullable(json.get("schema")),
                text(json, "presenceId"),
                json.get("presence") instanceof JsonObject presence ? Optional.of(presence) : Optional.empty());
    }

    private static JsonObject rights(Rights rights) {
        return JsonObject.builder()
                .put("readonly", rights.readonly())
                .put("objects", rights.objects().word())
                .build();
    }

    private static Rights rights(JsonObject json, String name) throws MalformedFrameException {
        if (!(json.get(name) instanceof JsonObject rights)) {
            throw new MalformedFrameException("a passenger without " + name);
        }
        return new Rights(
                JsonBoolean.TRUE.equals(rights.get("readonly")),
                ObjectAccess.of(rights.string("objects")).orElse(ObjectAccess.READ));
    }

    private static String text(JsonObject json, String name) throws MalformedFrameException {
        String text = json.string(name);
        if (text == null) {
            throw new MalformedFrameException("a passenger without " + name);
        }
        return text;
    }
}

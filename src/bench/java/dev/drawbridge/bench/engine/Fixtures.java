package dev.drawbridge.bench.engine;

import dev.drawbridge.json.Json;
import dev.drawbridge.json.JsonException;
import dev.drawbridge.json.JsonObject;
import dev.drawbridge.protocol.ClientMessage;
import dev.drawbridge.protocol.FrameDecoder;
import dev.drawbridge.protocol.Limits;
import dev.drawbridge.room.Connection;
import dev.drawbridge.room.Records;
import dev.drawbridge.room.Room;
import dev.drawbridge.room.RoomSettings;
import dev.drawbridge.room.RoomSnapshot;
import dev.drawbridge.room.Visitor;
import dev.drawbridge.schema.SerializedSchema;
import dev.drawbridge.schema.StoreSchema;
import dev.drawbridge.schema.tldraw.TldrawSchema;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** What several benchmarks begin with. */
final class Fixtures {
    static final StoreSchema SCHEMA = TldrawSchema.create();
    static final long NOW = 1_700_000_000_000L;

    private Fixtures() {}

    /** A client of a room. */
    record Client(String name) implements Connection {}

    /** A room with that many shapes besides the first records. */
    static Room room(int shapes) {
        List<JsonObject> records = new ArrayList<>(TldrawSchema.initialRecords());
        for (int i = 0; i < shapes; i++) {
            records.add(Records.geo("s" + i));
        }
        AtomicInteger presences = new AtomicInteger();
        return new Room(
                RoomSnapshot.initial(records, SCHEMA.serialize(), 1),
                SCHEMA,
                RoomSettings.DEFAULT,
                () -> "p" + presences.incrementAndGet());
    }

    /** Lets that many come in, each with a presence; the first is returned. */
    static Client join(Room room, int count) {
        Client first = null;
        for (int i = count - 1; i >= 0; i--) {
            Client client = new Client("c" + i);
            room.open(client, Visitor.unknown(client.name(), false), NOW);
            room.receive(client, message(connectText()), connectText().length(), NOW);
            String presence = Json.write(Records.presence("c" + i));
            room.receive(
                    client,
                    message("{\"type\":\"push\",\"clientClock\":0,\"presence\":[\"put\"," + presence + "]}"),
                    0,
                    NOW);
            first = client;
        }
        if (first == null) {
            throw new IllegalArgumentException("nobody");
        }
        return first;
    }

    static String connectText() {
        return "{\"type\":\"connect\",\"connectRequestId\":\"r\",\"protocolVersion\":8,\"lastServerClock\":-1,\"schema\":"
                + Json.write(SCHEMA.serialize().json()) + "}";
    }

    static ClientMessage message(String text) {
        return switch (new FrameDecoder(Limits.DEFAULT.message()).decode(text)) {
            case FrameDecoder.Message message -> message.message();
            case FrameDecoder.Frame other -> throw new IllegalArgumentException(other.toString());
        };
    }

    /** As a client sends it thirty times a second; each another one, so that it has an effect. */
    static String presencePush(int number) {
        return "{\"type\":\"push\",\"clientClock\":" + (1_000_000 + number)
                + ",\"presence\":[\"patch\",{\"lastActivityTimestamp\":[\"put\"," + (NOW + number)
                + "],\"cursor\":[\"put\",{\"x\":" + (500 + number % 900) + ".25,\"y\":" + (300 + number % 600)
                + ".5,\"rotation\":0,\"type\":\"default\"}]}]}";
    }

    /** Moves the first of the shapes. */
    static String documentPush(int number) {
        return "{\"type\":\"push\",\"clientClock\":" + (1_000_000 + number)
                + ",\"diff\":{\"shape:s0\":[\"patch\",{\"x\":[\"put\"," + (100 + number % 800) + ".5],\"y\":[\"put\","
                + (100 + number % 500) + ".25]}]}}";
    }

    /** The schema of a release, as its clients send it. */
    static SerializedSchema schemaOf(String release) {
        try (InputStream in = Fixtures.class.getResourceAsStream("/schema/serialized/" + release + ".json")) {
            if (in == null) {
                throw new IllegalStateException("no schema of " + release);
            }
            return SerializedSchema.read(Json.parse(in.readAllBytes())).orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (JsonException e) {
            throw new IllegalStateException(e);
        }
    }
}

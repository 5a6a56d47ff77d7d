package dev.drawbridge.room;

import dev.drawbridge.json.JsonArray;
import dev.drawbridge.json.JsonNumber;
import dev.drawbridge.json.JsonObject;
import dev.drawbridge.json.JsonString;
import dev.drawbridge.json.JsonValue;
import dev.drawbridge.json.RandomJson;
import dev.drawbridge.schema.MigrationException;
import dev.drawbridge.schema.ValidationException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * What people do on a whiteboard, at random: few records, so that they get in each other's way. Whatever comes together
 * of it is a valid record, as it is with real clients.
 */
final class SimulatedEdits {
    private static final List<String> KINDS = List.of("geo", "frame", "note", "draw", "card");
    private static final int RECORDS_OF_A_KIND = 3;

    private final RandomGenerator random;
    private final RandomJson json;

    SimulatedEdits(RandomGenerator random) {
        this.random = random;
        this.json = new RandomJson(random);
    }

    void edit(SimulatedClient client) {
        switch (random.nextInt(10)) {
            case 0 -> {
                JsonObject page = client.replica().get(Records.PAGE_ID);
                client.edit(Records.PAGE_ID, page == null ? Records.page() : withText(page, "name"));
            }
            case 1, 2 -> client.move(moved(client.presence()));
            case 3 -> editBinding(client);
            case 4 -> editUser(client);
            default -> editShape(client);
        }
    }

    private void editBinding(SimulatedClient client) {
        String id = "binding:b" + random.nextInt(RECORDS_OF_A_KIND);
        JsonObject before = client.replica().get(id);
        if (before != null && random.nextInt(4) == 0) {
            client.edit(id, null);
        } else {
            client.edit(id, Records.binding(id.substring("binding:".length()), anyShape(), anyShape()));
        }
    }

    private void editUser(SimulatedClient client) {
        if (!client.migrations().hides("user", null)) {
            JsonObject before = client.replica().get("user:u");
            client.edit(
                    "user:u",
                    before == null ? Records.user("u") : random.nextBoolean() ? null : withText(before, "name"));
        }
    }

    private String anyShape() {
        return "shape:" + KINDS.get(random.nextInt(KINDS.size())) + random.nextInt(RECORDS_OF_A_KIND);
    }

    /** The same for the host, which knows our form only. */
    void edit(RoomUpdate room) throws ValidationException {
        String kind = KINDS.get(random.nextInt(KINDS.size()));
        String name = kind + random.nextInt(RECORDS_OF_A_KIND);
        if (random.nextInt(4) == 0) {
            room.delete("shape:" + name);
        } else {
            room.put(changed(room.get("shape:" + name).orElseGet(() -> created(kind, name)), kind));
        }
    }

    private void editShape(SimulatedClient client) {
        String kind = KINDS.get(random.nextInt(KINDS.size()));
        if (kind.equals("card") && client.migrations().hides("shape", "card")) {
            return;
        }
        String name = kind + random.nextInt(RECORDS_OF_A_KIND);
        String id = "shape:" + name;
        JsonObject before = client.replica().get(id);
        if (before == null) {
            client.edit(id, down(client, changed(created(kind, name), kind)));
        } else if (random.nextInt(6) == 0) {
            client.edit(id, null);
        } else {
            client.edit(id, changed(before, kind));
        }
    }

    private JsonObject changed(JsonObject shape, String kind) {
        return switch (random.nextInt(7)) {
            case 6 -> Records.on(random.nextBoolean() ? Records.PAGE_ID : anyShape(), shape);
            case 0 -> shape.with("x", JsonNumber.of(random.nextInt(5)));
            case 1 -> shape.with("meta", json.variation(Objects.requireNonNull(shape.get("meta")), 2));
            case 2 -> shape.with("meta", json.value(2));
            default -> withProps(shape, changedProps(props(shape), kind));
        };
    }

    private JsonObject changedProps(JsonObject props, String kind) {
        return switch (kind) {
            case "geo" ->
                props.has("flipX") && random.nextBoolean()
                        ? props.toBuilder().put("flipX", random.nextBoolean()).build()
                        : random.nextBoolean() || !props.has("flipX")
                                ? props.with("w", JsonNumber.of(random.nextInt(1, 5)))
                                : props.with("dash", JsonString.of(random.nextBoolean() ? "none" : "solid"));
            case "card" -> withText(props, "title");
            case "frame" -> withText(props, "name");
            case "note" -> {
                String key = props.has("textFirstEditedBy") ? "textFirstEditedBy" : "textLastEditedBy";
                yield !props.has(key)
                        ? props.with("growY", JsonNumber.of(random.nextInt(5)))
                        : props.with(key, JsonString.of("user:u" + random.nextInt(3)));
            }
            default -> props.with("segments", changedSegments(props));
        };
    }

    /** Drawing adds segments, now and then one is changed or all begin anew. */
    private JsonArray changedSegments(JsonObject props) {
        List<JsonValue> segments = new ArrayList<>(((JsonArray) Objects.requireNonNull(props.get("segments"))).items());
        switch (random.nextInt(4)) {
            case 0 -> segments.clear();
            case 1 -> {
                if (!segments.isEmpty()) {
                    int index = random.nextInt(segments.size());
                    segments.set(index, withText((JsonObject) segments.get(index), "path"));
                }
            }
            default ->
                segments.add(JsonObject.builder()
                        .put("type", random.nextBoolean() ? "free" : "straight")
                        .put("path", "p" + random.nextInt(3))
                        .build());
        }
        return new JsonArray(segments);
    }

    private JsonObject moved(JsonObject presence) {
        return random.nextBoolean()
                ? withText(presence, "chatMessage")
                : presence.with("lastActivityTimestamp", JsonNumber.of(random.nextInt(3)));
    }

    /** Mostly one types at the end. */
    private JsonObject withText(JsonObject object, String key) {
        String before = Objects.requireNonNull(object.string(key));
        String after =
                switch (random.nextInt(4)) {
                    case 0 -> json.text();
                    case 1 -> before.substring(0, before.length() / 2);
                    default -> before.length() > 30 ? "" : before + json.text();
                };
        return object.with(key, JsonString.of(after));
    }

    private static JsonObject created(String kind, String name) {
        return switch (kind) {
            case "geo" -> Records.geo(name);
            case "frame" -> Records.frame(name);
            case "note" -> Records.note(name);
            case "card" -> Records.card(name);
            default -> Records.draw(name);
        };
    }

    private static @Nullable JsonObject down(SimulatedClient client, JsonObject record) {
        try {
            return client.migrations().down(record);
        } catch (MigrationException e) {
            throw new AssertionError(e);
        }
    }

    private static JsonObject props(JsonObject shape) {
        return (JsonObject) Objects.requireNonNull(shape.get("props"));
    }

    private static JsonObject withProps(JsonObject shape, JsonObject props) {
        return shape.with("props", props);
    }
}

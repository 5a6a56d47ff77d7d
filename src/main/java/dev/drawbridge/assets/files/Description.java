package dev.drawbridge.assets.files;

import dev.drawbridge.assets.Asset;
import dev.drawbridge.assets.MediaType;
import dev.drawbridge.json.Json;
import dev.drawbridge.json.JsonException;
import dev.drawbridge.json.JsonNumber;
import dev.drawbridge.json.JsonObject;
import dev.drawbridge.json.JsonString;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;

/** The file beside a content that says what it is. When it was touched is the time of the file itself. */
final class Description {

    private Description() {}

    static byte[] encode(Asset asset) {
        JsonObject.Builder json = JsonObject.builder().put("id", asset.id());
        asset.room().ifPresent(room -> json.put("room", room));
        return Json.encode(json.put("type", asset.type().name())
                .put("size", asset.size())
                .put("sha256", asset.sha256())
                .put("created", asset.created().toString())
                .build());
    }

    /** Empty when this is no description. */
    static Optional<Asset> decode(byte[] content, Instant touched) {
        try {
            if (Json.parse(content) instanceof JsonObject json
                    && json.get("id") instanceof JsonString(String id)
                    && json.get("type") instanceof JsonString(String type)
                    && json.get("size") instanceof JsonNumber(double size)
                    && json.get("sha256") instanceof JsonString(String sha256)
                    && json.get("created") instanceof JsonString(String created)) {
                return Optional.of(new Asset(
                        id,
                        Optional.ofNullable(json.string("room")),
                        new MediaType(type),
                        (long) size,
                        sha256,
                        Instant.parse(created),
                        touched));
            }
        } catch (JsonException | IllegalArgumentException | DateTimeException e) {
            // it is none
        }
        return Optional.empty();
    }
}

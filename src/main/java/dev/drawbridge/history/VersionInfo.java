package dev.drawbridge.history;

import dev.drawbridge.json.Json;
import dev.drawbridge.json.JsonArray;
import dev.drawbridge.json.JsonException;
import dev.drawbridge.json.JsonNumber;
import dev.drawbridge.json.JsonObject;
import dev.drawbridge.json.JsonString;
import dev.drawbridge.json.JsonValue;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What is known of a version as JSON, the same for every store that keeps it so. */
public final class VersionInfo {

    private VersionInfo() {}

    public static String write(Version version) {
        JsonObject.Builder json = JsonObject.builder()
                .put("id", version.id().text())
                .put("time", version.time().toString())
                .put("clock", version.clock());
        version.name().ifPresent(name -> json.put("name", name));
        return Json.write(json.put("reason", version.reason().word())
                .put("by", written(version.contributors()))
                .put("records", version.records())
                .put("bytes", version.bytes())
                .put("sha256", version.sha256())
                .build());
    }

    /** The version that was written; empty when this is none. What is there besides is left for later releases. */
    public static Optional<Version> read(String text) {
        try {
            if (Json.parse(text) instanceof JsonObject json
                    && json.get("id") instanceof JsonString(String id)
                    && json.get("time") instanceof JsonString(String time)
                    && json.get("clock") instanceof JsonNumber(double clock)
                    && json.get("reason") instanceof JsonString(String word)
                    && json.get("by") instanceof JsonArray(List<JsonValue> by)
                    && json.get("records") instanceof JsonNumber(double records)
                    && json.get("bytes") instanceof JsonNumber(double bytes)
                    && json.get("sha256") instanceof JsonString(String sha256)) {
                return Optional.of(new Version(
                        new VersionId(id),
                        Instant.parse(time),
                        (long) clock,
                        Optional.ofNullable(json.string("name")),
                        Reason.of(word).orElseThrow(IllegalArgumentException::new),
                        contributors(by),
                        (int) records,
                        (long) bytes,
                        sha256));
            }
        } catch (JsonException | IllegalArgumentException | DateTimeException e) {
            // it is none
        }
        return Optional.empty();
    }

    private static JsonArray written(List<Contributor> contributors) {
        List<JsonValue> items = new ArrayList<>(contributors.size());
        for (Contributor contributor : contributors) {
            JsonObject.Builder item = JsonObject.builder();
            contributor.userId().ifPresent(id -> item.put("id", id));
            contributor.name().ifPresent(name -> item.put("name", name));
            items.add(item.build());
        }
        return new JsonArray(items);
    }

    private static List<Contributor> contributors(List<JsonValue> items) {
        List<Contributor> contributors = new ArrayList<>(items.size());
        for (JsonValue item : items) {
            if (!(item instanceof JsonObject contributor)) {
                throw new IllegalArgumentException("no contributor");
            }
            contributors.add(new Contributor(
                    Optional.ofNullable(contributor.string("id")), Optional.ofNullable(contributor.string("name"))));
        }
        return contributors;
    }
}

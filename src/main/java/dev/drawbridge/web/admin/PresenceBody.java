package dev.drawbridge.web.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.drawbridge.host.RoomCommands;
import dev.drawbridge.host.SessionDetails;
import dev.drawbridge.json.JsonArray;
import dev.drawbridge.json.JsonNumber;
import dev.drawbridge.json.JsonObject;
import dev.drawbridge.json.JsonString;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Of a presence of somebody else's schema whatever is as in tldraw's is told, and nothing of the rest. */
@Schema(name = "Presence", description = "Where somebody is in a room, as their client says.")
@JsonInclude(JsonInclude.Include.NON_NULL)
record PresenceBody(
        @Schema(example = "TLDRAW_INSTANCE_STATE_V1_yW3FPbxDgGhcI5iXQjJXz")
        String sessionId,

        @Schema(
                description = "The user as the access check named it, or else as the client calls itself.",
                example = "u-42")
        @Nullable
        String userId,

        @Schema(description = "Their name, likewise.", example = "Ada") @Nullable
        String name,

        @Schema(description = "Whether they may not change the document.")
        boolean readonly,

        @Schema(description = "The page that they are on.", example = "page:page") @Nullable
        String page,

        @Schema(description = "Where their pointer is on it; absent when it is not there.") @Nullable
        Point cursor,

        @Schema(description = "What part of the page they see.") @Nullable
        Camera camera,

        @Schema(description = "The ids of the shapes that they have selected.")
        List<String> selected,

        @Schema(description = "The user whom they follow.", example = "u-7") @Nullable
        String following,

        @Schema(description = "When they did something last, by their own clock.") @Nullable
        Instant lastActivity,

        @Schema(description = "How many seconds ago that was.", example = "12") @Nullable
        Long idle) {
    /** The last millisecond of the year 9999: beyond it no two agree how to write a time. */
    private static final double LATEST = 253_402_300_799_999.0;

    @Schema(name = "Point")
    record Point(double x, double y) {}

    @Schema(name = "Camera")
    record Camera(
            double x,
            double y,

            @Schema(description = "How much is magnified.", example = "1")
            double z) {}

    static PresenceBody of(RoomCommands.Present present, Instant now) {
        SessionDetails session = present.session();
        JsonObject record = present.presence().orElse(JsonObject.EMPTY);
        Optional<Instant> lastActivity = time(record, "lastActivityTimestamp");
        return new PresenceBody(
                session.id(),
                session.userId().orElse(record.string("userId")),
                session.userId().isPresent()
                        ? session.userName().orElse(null)
                        : session.userName().orElse(record.string("userName")),
                session.rights().readonly(),
                record.string("currentPageId"),
                object(record, "cursor").flatMap(PresenceBody::point).orElse(null),
                object(record, "camera").flatMap(PresenceBody::camera).orElse(null),
                texts(record, "selectedShapeIds"),
                record.string("followingUserId"),
                lastActivity.orElse(null),
                lastActivity
                        .map(then -> Math.max(0, Duration.between(then, now).toSeconds()))
                        .orElse(null));
    }

    private static Optional<JsonObject> object(JsonObject record, String key) {
        return record.get(key) instanceof JsonObject object ? Optional.of(object) : Optional.empty();
    }

    private static Optional<Point> point(JsonObject cursor) {
        return number(cursor, "x").flatMap(x -> number(cursor, "y").map(y -> new Point(x, y)));
    }

    private static Optional<Camera> camera(JsonObject camera) {
        return point(camera).flatMap(at -> number(camera, "z").map(z -> new Camera(at.x(), at.y(), z)));
    }

    private static Optional<Double> number(JsonObject object, String key) {
        return object.get(key) instanceof JsonNumber number && number.isFinite()
                ? Optional.of(number.value())
                : Optional.empty();
    }

    private static Optional<Instant> time(JsonObject record, String key) {
        return number(record, key)
                .filter(millis -> millis > 0 && millis <= LATEST)
                .map(millis -> Instant.ofEpochMilli(millis.longValue()));
    }

    private static List<String> texts(JsonObject record, String key) {
        return record.get(key) instanceof JsonArray array
                ? array.items().stream()
                        .filter(JsonString.class::isInstance)
                        .map(text -> ((JsonString) text).value())
                        .toList()
                : List.of();
    }
}

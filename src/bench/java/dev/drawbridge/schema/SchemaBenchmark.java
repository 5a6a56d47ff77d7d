package dev.drawbridge.schema;

import dev.drawbridge.json.JsonArray;
import dev.drawbridge.json.JsonNull;
import dev.drawbridge.json.JsonNumber;
import dev.drawbridge.json.JsonObject;
import dev.drawbridge.json.JsonString;
import dev.drawbridge.json.JsonValue;
import dev.drawbridge.schema.primitives.DrawPaths;
import dev.drawbridge.schema.primitives.Point;
import dev.drawbridge.schema.tldraw.TldrawSchema;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What it costs to check a record and to migrate it, on the way of a push. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class SchemaBenchmark {
    /** As many as make a path of 5,000 characters. */
    private static final int POINTS = 624;

    private final StoreSchema schema = TldrawSchema.create();

    private final JsonObject geo = shape(
            "geo",
            JsonObject.builder()
                    .put("geo", "rectangle")
                    .put("dash", "draw")
                    .put("url", "https://tldraw.com/page?a=b#c")
                    .put("w", 100)
                    .put("h", 50)
                    .put("growY", 0)
                    .put("scale", 1)
                    .put("flipX", false)
                    .put("flipY", false)
                    .put("labelColor", "black")
                    .put("color", "blue")
                    .put("fill", "none")
                    .put("size", "m")
                    .put("font", "draw")
                    .put("align", "middle")
                    .put("verticalAlign", "middle")
                    .put(
                            "richText",
                            JsonObject.builder()
                                    .put("type", "doc")
                                    .put("content", JsonArray.EMPTY)
                                    .build()));

    private final JsonObject movedGeo = geo.with("x", JsonNumber.of(11));
    private final JsonObject resizedGeo = geo.with("props", props(geo).with("w", JsonNumber.of(101)));

    private final JsonObject draw = shape(
            "draw",
            JsonObject.builder()
                    .put("color", "black")
                    .put("fill", "none")
                    .put("dash", "draw")
                    .put("size", "m")
                    .put(
                            "segments",
                            JsonArray.of(JsonObject.builder()
                                    .put("type", "free")
                                    .put("path", path())
                                    .build()))
                    .put("isComplete", true)
                    .put("isClosed", false)
                    .put("isPen", false)
                    .put("scale", 1)
                    .put("scaleX", 1)
                    .put("scaleY", 1));

    private final JsonObject movedDraw = draw.with("x", JsonNumber.of(11));

    private final JsonObject presence = JsonObject.builder()
            .put("id", "instance_presence:abc")
            .put("typeName", "instance_presence")
            .put("userId", "user:abc")
            .put("userName", "Anna")
            .put("lastActivityTimestamp", 1_732_262_400_000.0)
            .put("followingUserId", JsonNull.NULL)
            .put("cursor", cursor(10))
            .put("color", "#FF802B")
            .put(
                    "camera",
                    JsonObject.builder().put("x", 0).put("y", 0).put("z", 1).build())
            .put(
                    "screenBounds",
                    JsonObject.builder()
                            .put("x", 0)
                            .put("y", 0)
                            .put("w", 1920)
                            .put("h", 1080)
                            .build())
            .put("selectedShapeIds", JsonArray.of(JsonString.of("shape:a")))
            .put("currentPageId", "page:page")
            .put("brush", JsonNull.NULL)
            .put("scribbles", JsonArray.EMPTY)
            .put("chatMessage", "")
            .put("meta", JsonObject.EMPTY)
            .build();

    private final JsonObject movedPresence = presence.with("cursor", cursor(11));

    private final SerializedSchema ours =
            new SerializedSchema(copy(schema.serialize().json()));
    private final SerializedSchema theirs = olderBy(Map.of(
            "com.tldraw.shape.geo", 11,
            "com.tldraw.shape.draw", 4,
            "com.tldraw.shape.highlight", 3,
            "com.tldraw.shape.note", 12));
    private final RecordMigrations migrations =
            ((ClientCompatibility.Compatible) schema.compatibilityWith(theirs)).migrations();
    private final JsonObject olderGeo;
    private final Map<String, PackedRecord> store = new LinkedHashMap<>();

    public SchemaBenchmark() {
        try {
            olderGeo = migrations.down(geo);
        } catch (MigrationException e) {
            throw new IllegalStateException(e);
        }
        for (int i = 0; i < 1_000; i++) {
            String id = "shape:" + i;
            store.put(id, PackedRecord.of(olderGeo.with("id", JsonString.of(id))));
        }
    }

    @Benchmark
    public void validateGeoInFull() throws ValidationException {
        schema.validate(null, geo);
    }

    @Benchmark
    public void validateMovedGeo() throws ValidationException {
        schema.validate(geo, movedGeo);
    }

    @Benchmark
    public void validateResizedGeo() throws ValidationException {
        schema.validate(geo, resizedGeo);
    }

    @Benchmark
    public void validateMovedDraw() throws ValidationException {
        schema.validate(draw, movedDraw);
    }

    @Benchmark
    public void validatePresenceInFull() throws ValidationException {
        schema.validate(null, presence);
    }

    @Benchmark
    public void validateMovedPresence() throws ValidationException {
        schema.validate(presence, movedPresence);
    }

    @Benchmark
    public JsonObject migrateGeoUp() throws MigrationException {
        return migrations.up(olderGeo);
    }

    @Benchmark
    public JsonObject migrateGeoDown() throws MigrationException {
        return migrations.down(geo);
    }

    @Benchmark
    public MigratedStore migrateThousandShapes() throws MigrationException {
        return schema.migrateStore(store, theirs);
    }

    @Benchmark
    public ClientCompatibility compatibilityOfSameSchema() {
        return schema.compatibilityWith(ours);
    }

    @Benchmark
    public ClientCompatibility compatibilityOfOlderSchema() {
        return schema.compatibilityWith(theirs);
    }

    private static JsonObject shape(String type, JsonObject.Builder props) {
        return JsonObject.builder()
                .put("id", "shape:a")
                .put("typeName", "shape")
                .put("type", type)
                .put("x", 10)
                .put("y", 20)
                .put("rotation", 0)
                .put("index", "a1")
                .put("parentId", "page:page")
                .put("isLocked", false)
                .put("opacity", 1)
                .put("props", props.build())
                .put("meta", JsonObject.EMPTY)
                .build();
    }

    private static JsonObject props(JsonObject shape) {
        return (JsonObject) member(shape, "props");
    }

    private static JsonObject cursor(double x) {
        return JsonObject.builder()
                .put("x", x)
                .put("y", 20)
                .put("type", "default")
                .put("rotation", 0)
                .build();
    }

    private static String path() {
        List<Point> points = IntStream.range(0, POINTS)
                .mapToObj(i -> new Point(i, Math.sin(i), 0.5))
                .toList();
        return DrawPaths.encode(points, 3);
    }

    /** As it comes from a client: equal, but another object. */
    private static JsonObject copy(JsonObject schema) {
        JsonObject.Builder sequences = JsonObject.builder();
        ((JsonObject) member(schema, "sequences"))
                .entries()
                .forEach(entry -> sequences.put(entry.getKey(), JsonNumber.of(Js.toNumber(entry.getValue()))));
        return JsonObject.builder()
                .put("schemaVersion", 2)
                .put("sequences", sequences.build())
                .build();
    }

    private SerializedSchema olderBy(Map<String, Integer> versions) {
        JsonObject json = schema.serialize().json();
        JsonObject.Builder sequences = ((JsonObject) member(json, "sequences")).toBuilder();
        versions.forEach(sequences::put);
        return new SerializedSchema(json.with("sequences", sequences.build()));
    }

    private static JsonValue member(JsonObject object, String key) {
        return Objects.requireNonNull(object.get(key));
    }
}

package dev.drawbridge.schema;

import dev.drawbridge.json.JsonArray;
import dev.drawbridge.json.JsonBoolean;
import dev.drawbridge.json.JsonNull;
import dev.drawbridge.json.JsonNumber;
import dev.drawbridge.json.JsonObject;
import dev.drawbridge.json.JsonString;
import dev.drawbridge.json.JsonValue;
import dev.drawbridge.schema.primitives.DrawPaths;
import dev.drawbridge.schema.primitives.IndexKeys;
import dev.drawbridge.schema.primitives.Point;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** Makes valid records by chance: of every type, and of every shape, asset and binding. */
final class RandomRecords {
    private static final List<String> COLORS = List.of("black", "grey", "light-violet", "blue", "white", "light-red");
    private static final List<String> TEXTS =
            List.of("", "a", "two words", "line\nline", "\ud800", "日本語", "\u0000", "<b>");
    private static final List<String> URLS =
            List.of("", "https://tldraw.com/x", "http://a", "/rooted", "./here", "https://例え.jp/?q#h");

    private final Random random;
    private int count;

    RandomRecords(Random random) {
        this.random = random;
    }

    /** A record of any type. */
    JsonObject next() {
        count++;
        return switch (random.nextInt(12)) {
            case 0 ->
                record("document", "document:document")
                        .put("gridSize", number())
                        .put("name", text())
                        .build();
            case 1 ->
                record("page", id("page"))
                        .put("name", text())
                        .put("index", index())
                        .build();
            case 2 ->
                record("user", id("user"))
                        .put("name", text())
                        .put("color", text())
                        .put("imageUrl", text())
                        .build();
            case 3 -> presence();
            case 4 ->
                record("pointer", id("pointer"))
                        .put("x", number())
                        .put("y", number())
                        .put("lastActivityTimestamp", number())
                        .build();
            case 5 -> subtype("asset", oneOf("image", "video", "bookmark")).build();
            case 6 ->
                subtype("binding", "arrow")
                        .put("fromId", id("shape"))
                        .put("toId", id("shape"))
                        .build();
            default ->
                shape(oneOf(
                        "arrow",
                        "bookmark",
                        "draw",
                        "embed",
                        "frame",
                        "geo",
                        "group",
                        "highlight",
                        "image",
                        "line",
                        "note",
                        "text",
                        "video"));
        };
    }

    /** A shape of that type. */
    JsonObject shape(String type) {
        return subtype("shape", type)
                .put("x", number())
                .put("y", number())
                .put("rotation", number())
                .put("index", index())
                .put("parentId", id(oneOf("page", "shape")))
                .put("isLocked", random.nextBoolean())
                .put("opacity", oneOf(0.1, 0.25, 0.5, 0.75, 1.0))
                .build();
    }

    JsonObject presence() {
        return record("instance_presence", id("instance_presence"))
                .put("userId", id("user"))
                .put("userName", text())
                .put("lastActivityTimestamp", number())
                .put("followingUserId", orNull(() -> JsonString.of(id("user"))))
                .put(
                        "cursor",
                        vector().put("type", oneOf("default", "pointer"))
                                .put("rotation", number())
                                .build())
                .put("color", text())
                .put("camera", vector().put("z", number()).build())
                .put("screenBounds", box())
                .put("selectedShapeIds", list(() -> JsonString.of(id("shape"))))
                .put("currentPageId", id("page"))
                .put("brush", orNull(this::box))
                .put("scribbles", JsonArray.EMPTY)
                .put("chatMessage", text())
                .build();
    }

    private JsonObject.Builder record(String typeName, String id) {
        return JsonObject.builder().put("id", id).put("typeName", typeName).put("meta", json(0));
    }

    private JsonObject.Builder subtype(String typeName, String type) {
        return record(typeName, id(typeName)).put("type", type).put("props", props(typeName + '.' + type));
    }

    private JsonObject props(String kind) {
        JsonObject.Builder props = JsonObject.builder();
        return switch (kind) {
            case "asset.image" -> file(props).put("pixelRatio", size()).build();
            case "asset.video" -> file(props).build();
            case "asset.bookmark" ->
                props.put("title", text())
                        .put("description", text())
                        .put("image", text())
                        .put("favicon", oneOf(URLS))
                        .put("src", oneOf(URLS))
                        .build();
            case "binding.arrow" ->
                props.put("terminal", oneOf("start", "end"))
                        .put("normalizedAnchor", vector().build())
                        .put("isExact", random.nextBoolean())
                        .put("isPrecise", random.nextBoolean())
                        .put("snap", oneOf("center", "edge-point", "edge", "none"))
                        .build();
            case "shape.arrow" ->
                strokes(props)
                        .put("kind", oneOf("arc", "elbow"))
                        .put("fill", "none")
                        .put("labelColor", oneOf(COLORS))
                        .put("font", "sans")
                        .put("arrowheadStart", "none")
                        .put("arrowheadEnd", oneOf("arrow", "dot"))
                        .put("start", vector().build())
                        .put("end", vector().build())
                        .put("bend", number())
                        .put("richText", richText())
                        .put("labelPosition", number())
                        .put("scale", size())
                        .put("elbowMidPoint", number())
                        .build();
            case "shape.bookmark" ->
                sized(props)
                        .put("assetId", orNull(() -> JsonString.of(id("asset"))))
                        .put("url", oneOf(URLS))
                        .build();
            case "shape.draw" ->
                ink(props)
                        .put("fill", "solid")
                        .put("dash", "draw")
                        .put("isClosed", random.nextBoolean())
                        .build();
            case "shape.highlight" -> ink(props).build();
            case "shape.embed" -> sized(props).put("url", text()).build();
            case "shape.frame" ->
                sized(props).put("name", text()).put("color", oneOf(COLORS)).build();
            case "shape.geo" ->
                label(strokes(sized(props)))
                        .put("geo", oneOf("rectangle", "heart", "x-box"))
                        .put("fill", "semi")
                        .put("flipX", random.nextBoolean())
                        .put("flipY", random.nextBoolean())
                        .build();
            case "shape.image" ->
                media(props)
                        .put("crop", orNull(this::crop))
                        .put("flipX", random.nextBoolean())
                        .put("flipY", random.nextBoolean())
                        .build();
            case "shape.line" ->
                strokes(props)
                        .put("spline", oneOf("cubic", "line"))
                        .put("points", points())
                        .put("scale", size())
                        .build();
            case "shape.note" ->
                label(props)
                        .put("color", oneOf(COLORS))
                        .put("size", "s")
                        .put("fontSizeAdjustment", orNull(() -> JsonNumber.of(1)))
                        .put("textLastEditedBy", orNull(() -> JsonString.of(text())))
                        .build();
            case "shape.text" ->
                props.put("color", oneOf(COLORS))
                        .put("size", "xl")
                        .put("font", "mono")
                        .put("textAlign", oneOf("start", "middle", "end"))
                        .put("w", size())
                        .put("richText", richText())
                        .put("scale", size())
                        .put("autoSize", random.nextBoolean())
                        .build();
            case "shape.video" ->
                media(props)
                        .put("time", number())
                        .put("autoplay", random.nextBoolean())
                        .build();
            default -> JsonObject.EMPTY;
        };
    }

    private JsonObject.Builder strokes(JsonObject.Builder props) {
        return props.put("color", oneOf(COLORS))
                .put("dash", oneOf("draw", "solid", "none"))
                .put("size", oneOf("s", "m"));
    }

    private JsonObject.Builder sized(JsonObject.Builder props) {
        return props.put("w", size()).put("h", size());
    }

    private JsonObject.Builder media(JsonObject.Builder props) {
        return sized(props)
                .put("playing", random.nextBoolean())
                .put("url", oneOf(URLS))
                .put("assetId", orNull(() -> JsonString.of(id("asset"))))
                .put("altText", text());
    }

    private JsonObject.Builder file(JsonObject.Builder props) {
        return sized(props)
                .put("name", text())
                .put("isAnimated", random.nextBoolean())
                .put("mimeType", orNull(() -> JsonString.of("image/png")))
                .put("src", oneOf(URLS))
                .put("fileSize", size());
    }

    private JsonObject.Builder label(JsonObject.Builder props) {
        return props.put("labelColor", oneOf(COLORS))
                .put("font", "draw")
                .put("align", oneOf("start", "middle-legacy"))
                .put("verticalAlign", "end")
                .put("growY", oneOf(0.0, 12.5))
                .put("url", oneOf(URLS))
                .put("richText", richText())
                .put("scale", size());
    }

    private JsonObject.Builder ink(JsonObject.Builder props) {
        return props.put("color", oneOf(COLORS))
                .put("size", "l")
                .put("segments", list(this::segment))
                .put("isComplete", random.nextBoolean())
                .put("isPen", random.nextBoolean())
                .put("scale", size())
                .put("scaleX", -size())
                .put("scaleY", size());
    }

    private JsonObject segment() {
        List<Point> points = IntStream.range(0, random.nextInt(8))
                .mapToObj(i -> new Point(number(), number(), 0.5))
                .toList();
        JsonObject.Builder segment = JsonObject.builder().put("type", oneOf("free", "straight"));
        return random.nextBoolean()
                ? segment.put("path", DrawPaths.encode(points, 3)).build()
                : segment.put("path", DrawPaths.encode(points, 2)).put("dim", 2).build();
    }

    private JsonObject points() {
        JsonObject.Builder points = JsonObject.builder();
        for (String index : IndexKeys.firstKeys(random.nextInt(6))) {
            points.put(index, vector().put("id", index).put("index", index).build());
        }
        return points.build();
    }

    private JsonObject crop() {
        return JsonObject.builder()
                .put("topLeft", vector().build())
                .put("bottomRight", vector().build())
                .put("isCircle", random.nextBoolean())
                .build();
    }

    private JsonObject richText() {
        return JsonObject.builder()
                .put("type", "doc")
                .put("content", list(() -> json(0)))
                .build();
    }

    private JsonObject.Builder vector() {
        return JsonObject.builder().put("x", number()).put("y", number());
    }

    private JsonObject box() {
        return vector().put("w", number()).put("h", number()).build();
    }

    private JsonArray list(Supplier<JsonValue> item) {
        return new JsonArray(
                IntStream.range(0, random.nextInt(4)).mapToObj(i -> item.get()).toList());
    }

    private JsonValue orNull(Supplier<JsonValue> value) {
        return random.nextInt(3) == 0 ? JsonNull.NULL : value.get();
    }

    /** Any JSON value. */
    JsonValue json(int depth) {
        return switch (random.nextInt(depth > 3 ? 5 : 7)) {
            case 0 -> JsonNull.NULL;
            case 1 -> JsonBoolean.of(random.nextBoolean());
            case 2 -> JsonNumber.of(number());
            case 3, 4 -> JsonString.of(text());
            case 5 -> list(() -> json(depth + 1));
            default ->
                JsonObject.builder()
                        .put(text(), json(depth + 1))
                        .put(oneOf("a", "0", "__proto__"), json(depth + 1))
                        .build();
        };
    }

    private String id(String typeName) {
        return typeName + ':' + oneOf("", "a", "page", Integer.toString(count));
    }

    private String index() {
        return oneOf("a0", "a1", "a1V", "Zz", "b01", "c0F2");
    }

    private String text() {
        return oneOf(TEXTS);
    }

    private double number() {
        return oneOf(0.0, -1.5, 3.0, 100.25, -0.125, random.nextInt(1000) / 4.0);
    }

    private double size() {
        return oneOf(1.0, 0.5, 640.0, 1e-9);
    }

    @SafeVarargs
    final <T> T oneOf(T... choices) {
        return choices[random.nextInt(choices.length)];
    }

    <T> T oneOf(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}

package dev.drawbridge.agents.board;

import dev.drawbridge.json.JsonBoolean;
import dev.drawbridge.json.JsonNull;
import dev.drawbridge.json.JsonNumber;
import dev.drawbridge.json.JsonObject;
import dev.drawbridge.json.JsonString;
import dev.drawbridge.json.JsonValue;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Changes shapes that are there, one after the other: each change sees what those before it have made. */
final class Changes {
    private static final Set<String> ENDS = Set.of("from", "to", "start", "end");

    private final Sketch sketch;
    private final ShapeKinds kinds;
    private final References references;
    private final Problems problems;
    private final Set<String> changed = new HashSet<>();
    private final Set<String> arrows = new HashSet<>();

    Changes(Sketch sketch, ShapeKinds kinds, References references, Problems problems) {
        this.sketch = sketch;
        this.kinds = kinds;
        this.references = references;
        this.problems = problems;
    }

    /** Makes a change, and tells which shape that is of; or adds what is wrong with it. */
    Optional<String> make(String path, JsonObject given) {
        JsonValue named = given.get("id");
        if (!(named instanceof JsonString)) {
            problems.add(path + ".id", named, "expected the id of the shape that is to be changed");
            return Optional.empty();
        }
        Optional<JsonObject> shape = references.shape(path + ".id", named).flatMap(sketch::shape);
        shape.ifPresent(found -> change(path, given, found));
        return shape.map(Props::id);
    }

    private void change(String path, JsonObject given, JsonObject shape) {
        String id = Props.id(shape);
        int before = problems.count();
        Optional<ShapeKind> kind = kinds.kind(Props.type(shape));
        if (!changed.add(id)) {
            problems.add(path + ".id", given.get("id"), "is twice in this call");
        }
        if (kind.isEmpty()) {
            problems.add(path + ".id", given.get("id"), "is of a type that this server does not know");
            return;
        }
        kind.get().check(path, given, kind.get().changes(), problems);
        refuseOtherType(path, given, shape);
        refuseLocked(path, given, shape);
        refuseTwoPlaces(path, given, kind.get());
        Optional<String> parent = parent(path, given, id);
        Map<Terminal, String> ends = kind.get().isArrow() ? ends(path, given, id) : Map.of();
        if (problems.count() == before) {
            write(kind.get(), given, shape, parent, ends);
        }
    }

    private void refuseOtherType(String path, JsonObject given, JsonObject shape) {
        JsonValue type = given.get("type");
        if (type != null && type != JsonNull.NULL && !type.equals(shape.get("type"))) {
            problems.add(path + ".type", type, "the type of a shape stays " + Props.type(shape));
        }
    }

    private void refuseLocked(String path, JsonObject given, JsonObject shape) {
        boolean unlocks = JsonBoolean.FALSE.equals(given.get("locked"));
        String of = unlocks ? Sketch.parent(shape) : Props.id(shape);
        if (sketch.isLocked(of)) {
            problems.add(
                    path + ".id", given.get("id"), "is locked, or in something locked: unlock that with locked: false");
        }
    }

    private void refuseTwoPlaces(String path, JsonObject given, ShapeKind kind) {
        boolean moved = isGiven(given, "x") || isGiven(given, "y") || isGiven(given, "rotation");
        if (kind.isDrawn() && moved && isGiven(given, "points")) {
            problems.add(path + ".points", null, "say either points, or x, y and rotation");
        }
    }

    private static boolean isGiven(JsonObject given, String name) {
        return given.has(name) && given.get(name) != JsonNull.NULL;
    }

    private Optional<String> parent(String path, JsonObject given, String id) {
        if (!isGiven(given, "parent")) {
            return Optional.empty();
        }
        JsonValue named = given.get("parent");
        Optional<String> parent = references.parent(path + ".parent", named == null ? JsonNull.NULL : named);
        if (parent.isPresent()
                && (parent.get().equals(id) || sketch.around(parent.get()).contains(id))) {
            problems.add(path + ".parent", named, "is in the shape itself");
        } else if (parent.isPresent() && !sketch.page(parent.get()).equals(sketch.page(id))) {
            problems.add(path + ".parent", named, "is on another page: make the shape there, and delete it here");
        }
        return parent;
    }

    private Map<Terminal, String> ends(String path, JsonObject given, String id) {
        Map<Terminal, JsonValue> named = new EnumMap<>(Terminal.class);
        for (Terminal terminal : Terminal.values()) {
            JsonValue shape = given.get(terminal.field());
            if (shape != null && shape != JsonNull.NULL) {
                named.put(terminal, shape);
                if (isGiven(given, terminal.prop())) {
                    problems.add(
                            path + '.' + terminal.prop(),
                            given.get(terminal.prop()),
                            "an end of an arrow is either bound or free: say " + terminal.field() + " or "
                                    + terminal.prop());
                }
            }
        }
        Map<Terminal, String> ends = references.ends(path, named, id);
        ends.forEach((terminal, shape) -> refuseFar(path, named.get(terminal), terminal, shape, id));
        Map<Terminal, String> after = new EnumMap<>(Terminal.class);
        for (Terminal terminal : Terminal.values()) {
            boolean freed = given.has(terminal.field()) || isGiven(given, terminal.prop());
            Optional.ofNullable(ends.get(terminal))
                    .or(() -> freed ? Optional.empty() : sketch.boundTo(id, terminal))
                    .ifPresent(shape -> after.put(terminal, shape));
        }
        if (!ends.isEmpty() && after.size() == 2 && Set.copyOf(after.values()).size() == 1) {
            problems.add(path, null, "from and to would be the same shape: draw no loops");
        }
        return ends;
    }

    private void refuseFar(String path, @Nullable JsonValue named, Terminal terminal, String shape, String id) {
        if (!sketch.page(shape).equals(sketch.page(id))) {
            problems.add(path + '.' + terminal.field(), named, "is not on the page of the arrow");
        }
    }

    private void write(
            ShapeKind kind, JsonObject given, JsonObject shape, Optional<String> parent, Map<Terminal, String> ends) {
        String id = Props.id(shape);
        Pose before = sketch.pose(id);
        JsonObject moved = shape;
        if (parent.isPresent() && !parent.get().equals(Sketch.parent(shape))) {
            Pose within = sketch.pose(parent.get()).within(before);
            moved = sketch.into(shape, parent.get())
                    .with("x", JsonNumber.of(within.x()))
                    .with("y", JsonNumber.of(within.y()))
                    .with("rotation", JsonNumber.of(within.turn()));
        }
        if (given.get("order") instanceof JsonString(String order)) {
            String in = Sketch.parent(moved);
            moved = moved.with(
                    "index", JsonString.of(order.equals("back") ? sketch.bottomIndex(in) : sketch.topIndex(in)));
        }
        sketch.put(ShapeWriter.write(kind, moved, given));
        if (kind.isArrow() && ENDS.stream().anyMatch(given::has)) {
            reconnect(id, given, ends);
        }
    }

    private void reconnect(String id, JsonObject given, Map<Terminal, String> ends) {
        Arrows.settle(sketch, id); // an end that is set free stays where it was
        for (Terminal terminal : Terminal.values()) {
            JsonValue point = given.get(terminal.prop());
            if (point != null && point != JsonNull.NULL) {
                sketch.unbind(id, terminal);
                sketch.shape(id).ifPresent(arrow -> sketch.put(placed(arrow, terminal, Form.Place.of(point))));
            } else if (given.has(terminal.field()) && !ends.containsKey(terminal)) {
                sketch.unbind(id, terminal);
            }
        }
        ends.forEach((terminal, shape) -> sketch.bind(id, terminal, shape));
        arrows.add(id);
    }

    /** An arrow one of whose ends is at a point, which is in the coordinates of its parent. */
    private static JsonObject placed(JsonObject arrow, Terminal terminal, Spot point) {
        JsonObject end = Pose.of(arrow).in(point).json();
        return arrow.with("props", Props.of(arrow).with(terminal.prop(), end));
    }

    /** Says where the ends of the changed arrows are, when all is where it will be. */
    void settle() {
        arrows.forEach(id -> Arrows.settle(sketch, id));
    }
}

package dev.drawbridge.agents.board;

import dev.drawbridge.json.JsonArray;
import dev.drawbridge.json.JsonNull;
import dev.drawbridge.json.JsonObject;
import dev.drawbridge.json.JsonString;
import dev.drawbridge.json.JsonValue;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes new shapes of drafts. First all is checked; only when nothing is wrong with any of them they are made. */
final class Creation {
    private final Sketch sketch;
    private final ShapeKinds kinds;
    private final References references;
    private final Problems problems;
    private final Flow flow;
    private final List<Draft> drafts = new ArrayList<>();
    private final Map<String, Draft> byId = new HashMap<>();

    /** One shape that is wanted. */
    record Draft(String path, JsonObject given, ShapeKind kind, String id) {

        Optional<JsonValue> field(String name) {
            return Optional.ofNullable(given.get(name)).filter(value -> value != JsonNull.NULL);
        }
    }

    Creation(Sketch sketch, ShapeKinds kinds, References references, Problems problems) {
        this.sketch = sketch;
        this.kinds = kinds;
        this.references = references;
        this.problems = problems;
        this.flow = new Flow(sketch);
    }

    /**
     * Takes a draft, and tells the id of the shape that will be made of it. All are taken before any is looked at more closely,
     * because they may name each other.
     */
    Optional<String> take(String path, JsonObject given) {
        Optional<ShapeKind> kind = kind(path, given);
        if (kind.isPresent()) {
            kind.get().check(path, given, kind.get().drafts(), problems);
            JsonValue wanted = given.get("id") instanceof JsonString id ? id : null;
            Draft draft = new Draft(
                    path,
                    given,
                    kind.get(),
                    references.newId(path + ".id", wanted, kind.get().type()));
            drafts.add(draft);
            byId.put(draft.id(), draft);
            return Optional.of(draft.id());
        }
        return Optional.empty();
    }

    private Optional<ShapeKind> kind(String path, JsonObject given) {
        JsonValue type = given.get("type");
        String word = type instanceof JsonString(String text) ? text : "";
        Optional<ShapeKind> kind = kinds.kind(word);
        if (kind.isEmpty()) {
            String why = kinds.isFigure(word)
                    ? "is no type but a figure: say type geo and geo " + word
                    : type == null ? "every draft needs a type" : "there is no such type of shapes";
            problems.add(Problem.of(path + ".type", type, why).instead(word, kinds.types()));
        }
        return kind;
    }

    /** Makes all that have been taken, if nothing is wrong with them. */
    void make(String page) {
        Map<String, String> parents = new HashMap<>();
        Map<String, Map<Terminal, String>> ends = new HashMap<>();
        for (Draft draft : drafts) {
            draft.field("parent")
                    .flatMap(parent -> references.parent(draft.path() + ".parent", parent))
                    .ifPresent(parent -> parents.put(draft.id(), parent));
            if (draft.kind().isArrow()) {
                ends.put(draft.id(), ends(draft));
            }
        }
        refuseCircles(parents);
        refuseSmallGroups(parents);
        if (problems.isEmpty()) {
            drafts.stream().filter(draft -> !draft.kind().isArrow()).forEach(draft -> makeShape(draft, parents, page));
            drafts.stream()
                    .filter(draft -> draft.kind().isArrow())
                    .forEach(draft ->
                            makeArrow(draft, parents.get(draft.id()), ends.getOrDefault(draft.id(), Map.of()), page));
        }
    }

    private Map<Terminal, String> ends(Draft draft) {
        Map<Terminal, JsonValue> given = new EnumMap<>(Terminal.class);
        for (Terminal terminal : Terminal.values()) {
            Optional<JsonValue> shape = draft.field(terminal.field());
            shape.ifPresent(value -> given.put(terminal, value));
            boolean free = draft.field(terminal.prop()).isPresent();
            if (shape.isPresent() == free) {
                problems.add(
                        draft.path(),
                        null,
                        free
                                ? "an end of an arrow is either bound or free: say " + terminal.field() + " or "
                                        + terminal.prop()
                                : "an arrow needs " + terminal.field() + ", the id of a shape, or " + terminal.prop()
                                        + ", a point");
            }
        }
        Map<Terminal, String> ends = references.ends(draft.path(), given, draft.id());
        if (ends.size() == 2 && Set.copyOf(ends.values()).size() == 1) {
            problems.add(draft.path() + ".to", given.get(Terminal.END), "is the same shape as from: draw no loops");
        }
        return ends;
    }

    private void refuseCircles(Map<String, String> parents) {
        Set<String> fine = new HashSet<>();
        for (Draft draft : drafts) {
            Set<String> way = new HashSet<>();
            String at = draft.id();
            while (at != null && byId.containsKey(at) && !fine.contains(at) && way.add(at)) {
                at = parents.get(at);
            }
            if (at != null && way.contains(at)) {
                problems.add(
                        draft.path() + ".parent", draft.given().get("parent"), "is, in the end, in this very shape");
            }
            fine.addAll(way);
        }
    }

    private void refuseSmallGroups(Map<String, String> parents) {
        for (Draft draft : drafts) {
            if (draft.kind().type().equals("group")
                    && parents.values().stream().filter(draft.id()::equals).count() < 2) {
                problems.add(
                        draft.path(), null, "a group needs two or more drafts in this call that name it as parent");
            }
        }
    }

    private void makeShape(Draft draft, Map<String, String> parents, String page) {
        String parent = parents.getOrDefault(draft.id(), page);
        JsonObject blank = ShapeWriter.blank(draft.kind(), draft.id(), parent, index(draft, parent));
        JsonObject given = draft.given();
        if (draft.kind().isDrawn() && draft.field("points").isEmpty()) {
            given = given.with("points", JsonArray.of(new Spot(0, 0).json(), new Spot(200, 0).json()));
        }
        JsonObject written = ShapeWriter.write(draft.kind(), blank, given);
        boolean placed = draft.field("x").isPresent() || draft.field("y").isPresent();
        boolean flows = draft.kind().isDrawn() ? draft.field("points").isEmpty() : !placed;
        sketch.put(
                flows && !draft.kind().type().equals("group")
                        ? flow.place(written, byId.containsKey(parent))
                        : written);
    }

    private String index(Draft draft, String parent) {
        boolean back =
                draft.field("order").filter(JsonString.of("back")::equals).isPresent();
        return back ? sketch.bottomIndex(parent) : sketch.topIndex(parent);
    }

    private void makeArrow(Draft draft, @Nullable String named, Map<Terminal, String> ends, String page) {
        Optional<String> parent = parentOf(ends, page);
        if (parent.isEmpty()) {
            problems.add(draft.path(), null, "from and to are on different pages");
            return;
        }
        if (named != null && !sketch.page(named).equals(sketch.page(parent.get()))) {
            problems.add(draft.path() + ".parent", draft.given().get("parent"), "is not on the page of from and to");
            return;
        }
        String in = named == null ? parent.get() : named;
        JsonObject blank = ShapeWriter.blank(draft.kind(), draft.id(), in, index(draft, in));
        JsonObject written = ShapeWriter.write(draft.kind(), blank, draft.given());
        JsonObject.Builder props = Props.of(written).toBuilder();
        for (Terminal terminal : Terminal.values()) {
            draft.field(terminal.prop())
                    .ifPresent(point ->
                            props.put(terminal.prop(), Form.Place.of(point).json()));
        }
        sketch.put(written.with("props", props.build()));
        ends.forEach((terminal, shape) -> sketch.bind(draft.id(), terminal, shape));
        Arrows.begin(sketch, draft.id());
    }

    /** As tldraw has it: an arrow is in whatever both its shapes are in. A free end says nothing. */
    private Optional<String> parentOf(Map<Terminal, String> ends, String page) {
        List<String> shapes = List.copyOf(ends.values());
        return switch (shapes.size()) {
            case 0 -> Optional.of(page);
            case 1 -> Optional.of(sketch.page(shapes.getFirst()));
            default -> sketch.aroundBoth(shapes.getFirst(), shapes.getLast());
        };
    }
}

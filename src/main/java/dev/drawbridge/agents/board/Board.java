package dev.drawbridge.agents.board;

import dev.drawbridge.json.JsonBoolean;
import dev.drawbridge.json.JsonObject;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What is on a board, as its records say: pages, what is on them, in what, and what sticks to what. Records that say
 * nonsense do no harm: shapes that hang on nothing, or on each other in a circle, are on no page.
 *
 * <p>It is made in one pass over the records and one over the shapes, holds on to the records, and is for one thread.
 */
public final class Board {
    private static final Comparator<JsonObject> IN_ORDER = Comparator.<JsonObject, String>comparing(
                    record -> Props.string(record, "index", ""))
            .thenComparing(Props::id);

    private final Map<String, JsonObject> records;
    private final Map<String, JsonObject> pages = new LinkedHashMap<>();
    private final Map<String, List<JsonObject>> children = new HashMap<>();
    private final Map<String, List<JsonObject>> bindingsFrom = new HashMap<>();
    private final Map<String, List<JsonObject>> bindingsTo = new HashMap<>();
    private final Map<String, Placed> placed = new LinkedHashMap<>();
    private final Map<String, Map<String, Box>> boxes = new HashMap<>();
    private int shapes;

    /**
     * A shape on a page.
     *
     * @param pose where it is in the coordinates of the page
     * @param depth how many shapes it is in
     * @param locked whether it, or what it is in, is locked
     */
    record Placed(JsonObject shape, String pageId, Pose pose, int depth, boolean locked) {
        String id() {
            return Props.id(shape);
        }
    }

    private Board(Collection<JsonObject> all) {
        this.records = new HashMap<>(all.size() * 2);
        List<JsonObject> foundPages = new ArrayList<>();
        for (JsonObject record : all) {
            records.put(Props.id(record), record);
            switch (Props.string(record, "typeName", "")) {
                case "page" -> foundPages.add(record);
                case "shape" -> {
                    shapes++;
                    add(children, Props.string(record, "parentId", ""), record);
                }
                case "binding" -> {
                    add(bindingsFrom, Props.string(record, "fromId", ""), record);
                    add(bindingsTo, Props.string(record, "toId", ""), record);
                }
                default -> {
                    // nothing that is drawn
                }
            }
        }
        children.values().forEach(siblings -> siblings.sort(IN_ORDER));
        foundPages.sort(IN_ORDER);
        foundPages.forEach(page -> pages.put(Props.id(page), page));
        pages.keySet().forEach(this::place);
    }

    /** A board of all these records, in any order; those that are not drawn may be among them. */
    public static Board of(Collection<JsonObject> records) {
        return new Board(records);
    }

    private static void add(Map<String, List<JsonObject>> lists, String key, JsonObject record) {
        lists.computeIfAbsent(key, none -> new ArrayList<>()).add(record);
    }

    /** Goes down level by level: a chain of shapes may be longer than any stack, and a circle is never come to. */
    private void place(String pageId) {
        Deque<Placed> open = new ArrayDeque<>();
        for (JsonObject shape : children(pageId)) {
            open.add(new Placed(shape, pageId, Pose.of(shape), 0, isLocked(shape)));
        }
        while (!open.isEmpty()) {
            Placed each = open.remove();
            if (placed.putIfAbsent(each.id(), each) == null) {
                for (JsonObject child : children(each.id())) {
                    open.add(new Placed(
                            child,
                            pageId,
                            each.pose().then(Pose.of(child)),
                            each.depth() + 1,
                            each.locked() || isLocked(child)));
                }
            }
        }
    }

    static boolean isLocked(JsonObject shape) {
        return shape.get("isLocked") instanceof JsonBoolean(boolean locked) && locked;
    }

    /** The ids of the pages, in their order. */
    public List<String> pageIds() {
        return List.copyOf(pages.keySet());
    }

    /** A page's name; empty when there is no such page. */
    public Optional<String> pageName(String pageId) {
        return Optional.ofNullable(pages.get(pageId)).map(page -> Props.string(page, "name", ""));
    }

    /** The board's name, as people have given it; empty when they have not. */
    public String name() {
        return Props.string(records.getOrDefault("document:document", JsonObject.EMPTY), "name", "");
    }

    /** A record, whatever it is. */
    Optional<JsonObject> record(String id) {
        return Optional.ofNullable(records.get(id));
    }

    /** A shape that is on a page. */
    Optional<Placed> placed(String shapeId) {
        return Optional.ofNullable(placed.get(shapeId));
    }

    /** How many shapes are on no page. */
    int lost() {
        return shapes - placed.size();
    }

    /** What is right in a page or a shape, from the lowest to the topmost. */
    List<JsonObject> children(String parentId) {
        return children.getOrDefault(parentId, List.of());
    }

    List<JsonObject> bindingsFrom(String shapeId) {
        return bindingsFrom.getOrDefault(shapeId, List.of());
    }

    List<JsonObject> bindingsTo(String shapeId) {
        return bindingsTo.getOrDefault(shapeId, List.of());
    }

    /** The shape that an end of an arrow sticks to; empty when it is free. */
    Optional<String> boundTo(String arrowId, Terminal terminal) {
        return bindingsFrom(arrowId).stream()
                .filter(terminal::isOf)
                .map(binding -> Props.string(binding, "toId", ""))
                .filter(placed::containsKey)
                .findFirst();
    }

    /** The shapes of a page that are to be seen, each before what is in it: in the order in which they are painted. */
    List<Placed> inOrder(String pageId, Predicate<Placed> seen) {
        List<Placed> found = new ArrayList<>();
        Deque<JsonObject> open = new ArrayDeque<>(children(pageId));
        while (!open.isEmpty()) {
            JsonObject shape = open.pop();
            Placed each = placed.get(Props.id(shape));
            if (each != null && each.shape() == shape && seen.test(each)) {
                found.add(each);
            }
            children(Props.id(shape)).reversed().forEach(open::push);
        }
        return found;
    }

    /** The shapes of a page that meet a box, and all that these are in. */
    Set<String> within(String pageId, Box region) {
        Map<String, Box> measured = boxes(pageId);
        Set<String> met = new HashSet<>();
        for (Placed each : new ArrayList<>(placed.values()).reversed()) {
            Box box = measured.get(each.id());
            if (box != null && (met.contains(each.id()) || box.meets(region))) {
                met.add(each.id());
                met.add(Props.string(each.shape(), "parentId", ""));
            }
        }
        return met;
    }

    /** All shapes in these, and these, each once. */
    Set<String> withDescendants(Collection<String> shapeIds) {
        Set<String> all = new HashSet<>();
        Deque<String> open = new ArrayDeque<>(shapeIds);
        while (!open.isEmpty()) {
            String id = open.remove();
            if (all.add(id)) {
                children(id).forEach(child -> open.add(Props.id(child)));
            }
        }
        return all;
    }

    /** The upright boxes of all shapes of a page in its coordinates; that of a group is around what is in it. */
    Map<String, Box> boxes(String pageId) {
        return boxes.computeIfAbsent(pageId, this::measure);
    }

    private Map<String, Box> measure(String pageId) {
        List<Placed> onPage = new ArrayList<>();
        for (Placed each : placed.values()) {
            if (each.pageId().equals(pageId)) {
                onPage.add(each);
            }
        }
        Map<String, Box> measured = new HashMap<>();
        // The innermost come last in that order, and are measured before what they are in.
        for (Placed each : onPage.reversed()) {
            Box inside = null;
            if (Props.type(each.shape()).equals("group")) {
                for (JsonObject child : children(each.id())) {
                    Box box = measured.get(Props.id(child));
                    inside = inside == null || box == null
                            ? Optional.ofNullable(inside).orElse(box)
                            : inside.with(box);
                }
            }
            measured.put(each.id(), inside == null ? each.pose().around(Extent.of(each.shape())) : inside);
        }
        return Collections.unmodifiableMap(measured);
    }

    /** The box around all that is on a page; empty when nothing is. */
    public Optional<Box> box(String pageId) {
        return boxes(pageId).values().stream().reduce(Box::with);
    }
}

package dev.drawbridge.agents.board;

import dev.drawbridge.json.JsonObject;
import dev.drawbridge.json.JsonString;
import dev.drawbridge.schema.primitives.IndexKeys;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/** A board as it will be: what it is now, with the changes that are made so far. */
final class Sketch {
    private static final String ID_LETTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_-";
    private static final int ID_LENGTH = 21;
    private static final int MOST_SELECTED = 50;
    private static final String FIRST_INDEX = "a1";

    private final Board board;
    private final RandomGenerator random;
    private final Map<String, JsonObject> puts = new LinkedHashMap<>();
    private final Map<String, Map<String, JsonObject>> newBindings = new HashMap<>();
    private final Set<String> gone = new LinkedHashSet<>();
    private final Set<String> abandoned = new LinkedHashSet<>();
    private final Map<String, Integer> joined = new HashMap<>();
    private final Map<String, Integer> left = new HashMap<>();
    private final Map<String, Pose> poses = new HashMap<>();
    private final Map<String, String> tops = new HashMap<>();
    private final Map<String, String> bottoms = new HashMap<>();

    Sketch(Board board, RandomGenerator random) {
        this.board = board;
        this.random = random;
    }

    Board board() {
        return board;
    }

    /** A new id of a record of that type. */
    String newId(String typeName) {
        StringBuilder id = new StringBuilder(typeName).append(':');
        for (int i = 0; i < ID_LENGTH; i++) {
            id.append(ID_LETTERS.charAt(random.nextInt(ID_LETTERS.length())));
        }
        return id.toString();
    }

    /** A shape as it will be; empty when it will not be there, or is on no page. */
    Optional<JsonObject> shape(String id) {
        if (gone.contains(id)) {
            return Optional.empty();
        }
        JsonObject put = puts.get(id);
        return put == null ? board.placed(id).map(Board.Placed::shape) : Optional.of(put);
    }

    void put(JsonObject shape) {
        String id = Props.id(shape);
        Optional<String> before = shape(id).map(Sketch::parent);
        String parent = parent(shape);
        if (!before.equals(Optional.of(parent))) {
            joined.merge(parent, 1, Integer::sum);
            before.ifPresent(this::leave);
        }
        puts.put(id, shape);
        poses.clear();
    }

    private void leave(String parentId) {
        left.merge(parentId, 1, Integer::sum);
        abandoned.add(parentId);
    }

    static String parent(JsonObject shape) {
        return Props.string(shape, "parentId", "");
    }

    /** Takes these shapes away, which are all that is in them as well, and whatever sticks to them. */
    void remove(Collection<String> shapeIds) {
        for (String id : shapeIds) {
            shape(id).map(Sketch::parent).ifPresent(this::leave);
            puts.remove(id);
            gone.add(id);
        }
        for (String id : shapeIds) {
            bindingsFrom(id).forEach(binding -> gone.add(Props.id(binding)));
            board.bindingsTo(id).forEach(binding -> gone.add(Props.id(binding)));
        }
        poses.clear();
    }

    /** Takes away the groups in which nothing is left, and those in which nothing is left then. */
    void removeEmptyGroups() {
        while (!abandoned.isEmpty()) {
            String id = abandoned.iterator().next();
            abandoned.remove(id);
            boolean empty = board.children(id).size() + joined.getOrDefault(id, 0) <= left.getOrDefault(id, 0);
            if (empty
                    && shape(id)
                            .filter(shape -> Props.type(shape).equals("group"))
                            .isPresent()) {
                remove(List.of(id));
            }
        }
    }

    /** What the ends of an arrow will stick to. */
    List<JsonObject> bindingsFrom(String arrowId) {
        List<JsonObject> bindings = new ArrayList<>();
        Map<String, JsonObject> changed = newBindings.getOrDefault(arrowId, Map.of());
        for (JsonObject binding : board.bindingsFrom(arrowId)) {
            String id = Props.id(binding);
            if (!gone.contains(id) && !changed.containsKey(id)) {
                bindings.add(binding);
            }
        }
        bindings.addAll(changed.values());
        return bindings;
    }

    /** Sets an end of an arrow free. */
    void unbind(String arrowId, Terminal terminal) {
        for (JsonObject binding : bindingsFrom(arrowId)) {
            if (terminal.isOf(binding)) {
                gone.add(Props.id(binding));
                newBindings
                        .computeIfAbsent(arrowId, none -> new LinkedHashMap<>())
                        .remove(Props.id(binding));
            }
        }
    }

    /** Sticks an end of an arrow to the middle of a shape, and takes it off what it stuck to before. */
    void bind(String arrowId, Terminal terminal, String shapeId) {
        Optional<String> earlier = bindingsFrom(arrowId).stream()
                .filter(terminal::isOf)
                .map(Props::id)
                .findFirst();
        unbind(arrowId, terminal);
        String id = earlier.orElseGet(() -> newId("binding"));
        gone.remove(id);
        JsonObject props = JsonObject.builder()
                .put("terminal", terminal.prop())
                .put("normalizedAnchor", new Spot(0.5, 0.5).json())
                .put("isExact", false)
                .put("isPrecise", false)
                .put("snap", "none")
                .build();
        JsonObject binding = JsonObject.builder()
                .put("id", id)
                .put("typeName", "binding")
                .put("type", "arrow")
                .put("fromId", arrowId)
                .put("toId", shapeId)
                .put("props", props)
                .put("meta", JsonObject.EMPTY)
                .build();
        newBindings.computeIfAbsent(arrowId, none -> new LinkedHashMap<>()).put(id, binding);
    }

    Optional<String> boundTo(String arrowId, Terminal terminal) {
        return bindingsFrom(arrowId).stream()
                .filter(terminal::isOf)
                .map(binding -> Props.string(binding, "toId", ""))
                .filter(id -> shape(id).isPresent())
                .findFirst();
    }

    /** The pose of a shape on its page, or of a page: none. */
    Pose pose(String id) {
        List<JsonObject> open = new ArrayList<>();
        Pose pose = null;
        String at = id;
        while (pose == null) {
            Optional<JsonObject> shape = shape(at);
            pose = shape.isEmpty() ? Pose.NONE : poses.get(at);
            if (pose == null && shape.isPresent()) {
                open.add(shape.get());
                at = parent(shape.get());
            }
        }
        for (JsonObject shape : open.reversed()) {
            pose = pose.then(Pose.of(shape));
            poses.put(Props.id(shape), pose);
        }
        return pose;
    }

    /** What a shape is in, from the nearest to the page. */
    List<String> around(String shapeId) {
        List<String> around = new ArrayList<>();
        Optional<JsonObject> shape = shape(shapeId);
        while (shape.isPresent()) {
            String parent = parent(shape.get());
            around.add(parent);
            shape = shape(parent);
        }
        return around;
    }

    /** The page of a shape, or the page itself. */
    String page(String id) {
        List<String> around = around(id);
        return around.isEmpty() ? id : around.getLast();
    }

    boolean isLocked(String shapeId) {
        if (shape(shapeId).filter(Board::isLocked).isPresent()) {
            return true;
        }
        return around(shapeId).stream()
                .anyMatch(id -> shape(id).filter(Board::isLocked).isPresent());
    }

    /** The index of what comes on top of all in a page or a shape. */
    String topIndex(String parentId) {
        return next(tops, parentId, true);
    }

    /** The index of what comes below all in a page or a shape. */
    String bottomIndex(String parentId) {
        return next(bottoms, parentId, false);
    }

    private String next(Map<String, String> ends, String parentId, boolean up) {
        String end = ends.computeIfAbsent(parentId, id -> outermost(board.children(id), up));
        String other = (up ? bottoms : tops).getOrDefault(parentId, "");
        String last = end.isEmpty() ? other : end;
        String index =
                last.isEmpty() ? FIRST_INDEX : up ? IndexKeys.above(last, random) : IndexKeys.below(last, random);
        ends.put(parentId, index);
        return index;
    }

    private static String outermost(List<JsonObject> siblings, boolean up) {
        for (JsonObject sibling : up ? siblings.reversed() : siblings) {
            String index = Props.string(sibling, "index", "");
            if (IndexKeys.isValid(index)) {
                return index;
            }
        }
        return "";
    }

    /** All shapes that are new or changed. */
    Collection<JsonObject> shapes() {
        return puts.values();
    }

    Collection<JsonObject> bindings() {
        List<JsonObject> bindings = new ArrayList<>();
        newBindings.values().forEach(ofArrow -> bindings.addAll(ofArrow.values()));
        return bindings;
    }

    /** Only what differs from what is there. */
    BoardEdit edit(List<String> touched) {
        List<JsonObject> changed = new ArrayList<>();
        for (JsonObject record : puts.values()) {
            if (!Optional.of(record).equals(board.record(Props.id(record)))) {
                changed.add(record);
            }
        }
        changed.addAll(bindings());
        List<String> deletes =
                gone.stream().filter(id -> board.record(id).isPresent()).toList();
        return new BoardEdit(changed, deletes, pointing(touched));
    }

    /** In the middle of what has been touched. */
    private Optional<Pointing> pointing(List<String> touched) {
        Set<String> selected = new LinkedHashSet<>();
        String page = null;
        Box around = null;
        for (String id : touched) {
            Optional<JsonObject> shape = shape(id).or(() -> board.placed(id).map(Board.Placed::shape));
            if (shape.isEmpty()) {
                continue;
            }
            boolean there = shape(id).isPresent();
            String pageOf = there
                    ? page(id)
                    : board.placed(id).map(Board.Placed::pageId).orElse("");
            if (page != null && !page.equals(pageOf)) {
                continue;
            }
            page = pageOf;
            Pose pose =
                    there ? pose(id) : board.placed(id).map(Board.Placed::pose).orElse(Pose.NONE);
            Box box = pose.around(Extent.of(shape.get()));
            around = around == null ? box : around.with(box);
            if (there && selected.size() < MOST_SELECTED) {
                selected.add(id);
            }
        }
        if (page == null || around == null) {
            return Optional.empty();
        }
        Spot middle = around.center();
        return Optional.of(new Pointing(page, middle.x(), middle.y(), new ArrayList<>(selected)));
    }

    /** Ids that are taken, by anything. */
    boolean isTaken(String id) {
        return board.record(id).isPresent() || puts.containsKey(id);
    }

    /** A shape with another parent and on top of what is in that. */
    JsonObject into(JsonObject shape, String parentId) {
        return shape.with("parentId", JsonString.of(parentId)).with("index", JsonString.of(topIndex(parentId)));
    }

    /** The nearest that both are in; empty when they are on different pages. */
    Optional<String> aroundBoth(String one, String other) {
        Set<String> all = new HashSet<>(around(one));
        return around(other).stream().filter(all::contains).findFirst();
    }
}

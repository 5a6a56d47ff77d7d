package dev.drawbridge.agents.board;

import dev.drawbridge.json.JsonString;
import dev.drawbridge.json.JsonValue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds the shapes and pages that are named: those on the board, and those that are made in the same call. */
final class References {
    /** So many levels are gone up for each shape that is named. Nobody has more. */
    static final int DEEPEST = 200;

    private static final String SHAPE = "shape:";
    private static final String PAGE = "page:";
    private static final Pattern NEW_ID = Pattern.compile("shape:[A-Za-z0-9_.-]{1,64}");

    /** Kinds of tldraw's own that nothing is put into. */
    private static final Set<String> NO_PARENTS =
            Set.of("arrow", "bookmark", "draw", "embed", "geo", "highlight", "image", "line", "note", "text", "video");

    private final Sketch sketch;
    private final Problems problems;

    /** What is made in the same call: the kind by the id. */
    private final Map<String, String> made = new HashMap<>();

    References(Sketch sketch, Problems problems) {
        this.sketch = sketch;
        this.problems = problems;
    }

    /** The id of a new shape: the one that is wanted, if it can be, or a random one. */
    String newId(String path, @Nullable JsonValue wanted, String kind) {
        if (wanted instanceof JsonString(String text)) {
            String id = text.startsWith(SHAPE) ? text : SHAPE + text;
            if (!NEW_ID.matcher(id).matches()) {
                problems.add(path, wanted, "a new id has 1 to 64 letters, digits, \"-\", \"_\" and \".\"");
            } else if (made.containsKey(id)) {
                problems.add(path, wanted, "is twice in this call");
            } else if (sketch.isTaken(id)) {
                problems.add(path, wanted, "is taken by a shape that is there: update that one, or choose another id");
            } else {
                made.put(id, kind);
                return id;
            }
        }
        String id = sketch.newId("shape");
        made.put(id, kind);
        return id;
    }

    /** A shape on the board as it is, or will be. */
    Optional<String> shape(String path, JsonValue given) {
        return given instanceof JsonString(String text) ? shape(path, given, text) : Optional.empty();
    }

    private Optional<String> shape(String path, JsonValue given, String text) {
        for (String id : List.of(text, SHAPE + text)) {
            if (isTooDeep(id)) {
                problems.add(path, given, "is in more than " + DEEPEST + " others: it can only be deleted");
                return Optional.empty();
            }
            if (isShape(id)) {
                return Optional.of(id);
            }
        }
        if (text.startsWith(PAGE) && sketch.board().pageName(text).isPresent()) {
            problems.add(path, given, "is a page, not a shape");
        } else if (sketch.board().record(text).isPresent()) {
            problems.add(path, given, "is no shape on a page");
        } else {
            problems.add(path, given, "there is no such shape: read the board for the ids, or draft it in this call");
        }
        return Optional.empty();
    }

    private boolean isTooDeep(String id) {
        return sketch.board()
                .placed(id)
                .filter(placed -> placed.depth() > DEEPEST)
                .isPresent();
    }

    private boolean isShape(String id) {
        return made.containsKey(id) || sketch.shape(id).isPresent();
    }

    private String kind(String id) {
        return Optional.ofNullable(made.get(id))
                .or(() -> sketch.shape(id).map(Props::type))
                .orElse("");
    }

    /** A page that there is. */
    Optional<String> page(String path, String named) {
        for (String id : List.of(named, PAGE + named)) {
            if (sketch.board().pageName(id).isPresent()) {
                return Optional.of(id);
            }
        }
        problems.add(Problem.of(path, JsonString.of(named), "there is no such page")
                .instead(named, sketch.board().pageIds()));
        return Optional.empty();
    }

    /** What a shape may be put into: a page, or a shape that is made for it and not locked. */
    Optional<String> parent(String path, JsonValue given) {
        if (!(given instanceof JsonString(String text))) {
            return Optional.empty();
        }
        if (text.startsWith(PAGE) && !isShape(text)) {
            return page(path, text);
        }
        Optional<String> parent = shape(path, given, text);
        if (parent.isEmpty()) {
            return parent;
        }
        if (NO_PARENTS.contains(kind(parent.get()))) {
            problems.add(
                    path,
                    given,
                    "nothing can be put into a shape of type " + kind(parent.get())
                            + ": name a frame, a group or a page");
            return Optional.empty();
        }
        if (sketch.isLocked(parent.get())) {
            problems.add(path, given, "is locked: unlock it first with locked: false");
            return Optional.empty();
        }
        return parent;
    }

    /** The shapes that the ends of an arrow are to stick to. An end of which nothing is said is not among them. */
    Map<Terminal, String> ends(String path, Map<Terminal, JsonValue> given, String arrowId) {
        Map<Terminal, String> ends = new HashMap<>();
        given.forEach((terminal, value) -> {
            String at = path + '.' + terminal.field();
            shape(at, value).filter(id -> mayBeBound(at, value, id, arrowId)).ifPresent(id -> ends.put(terminal, id));
        });
        return ends;
    }

    private boolean mayBeBound(String path, JsonValue given, String id, String arrowId) {
        List<String> why = new ArrayList<>();
        if (id.equals(arrowId)) {
            why.add("is the arrow itself");
        } else if (kind(id).equals("arrow")) {
            why.add("is an arrow: arrows do not stick to arrows");
        } else if (kind(id).equals("group")) {
            why.add("is a group: name a shape that is in it");
        }
        why.forEach(reason -> problems.add(path, given, reason));
        return why.isEmpty();
    }
}

package dev.drawbridge.agents.board;

import dev.drawbridge.json.JsonObject;
import dev.drawbridge.json.JsonString;
import dev.drawbridge.json.JsonValue;
import dev.drawbridge.schema.ValidationException;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Makes of what somebody wants to have on a board the records that stand for it. Each call is an edit of its own of the board
 * as it was given, and is refused as a whole when anything is wrong: then all is told that is. What is made the server's schema takes.
 */
public final class BoardEditor {
    /** How many shapes may be made, changed or deleted in one call. */
    public static final int MOST_SHAPES = 500;

    /** How many characters and points all that is said in a call may have. */
    private static final long MOST_SAID = 1_000_000;

    private final Board board;
    private final ShapeKinds kinds;
    private final RandomGenerator random;

    public BoardEditor(Board board, ShapeKinds kinds, RandomGenerator random) {
        this.board = board;
        this.kinds = kinds;
        this.random = random;
    }

    /**
     * New shapes, in the order of the drafts from the lowest to the topmost, and arrows above the others.
     *
     * @param drafts as {@link ShapeKinds#draftSchema} says
     * @param page where they are put that name no parent; the first page when empty
     */
    public Edited create(List<JsonObject> drafts, Optional<String> page) {
        return new Call().create(drafts, page);
    }

    /** Changes of shapes, as {@link ShapeKinds#changeSchema} says: what is not said stays. */
    public Edited update(List<JsonObject> changes) {
        return new Call().update(changes);
    }

    /** Takes shapes away, with all that is in them. Arrows that stuck to them stay, with an end that is free. */
    public Edited delete(List<String> ids) {
        return new Call().delete(ids);
    }

    /**
     * New arrows from shapes to shapes, and arrows that are there to other shapes: those whose id is named.
     *
     * @param connections as {@link ShapeKinds#connectionSchema} says
     */
    public Edited connect(List<JsonObject> connections) {
        return new Call().connect(connections);
    }

    /** What one call needs. */
    private final class Call {
        private final Sketch sketch = new Sketch(board, random);
        private final Problems problems = new Problems();
        private final References references = new References(sketch, problems);
        private final Creation creation = new Creation(sketch, kinds, references, problems);

        /** Where each of the shapes is asked for, in that order. */
        private final Map<String, String> asked = new LinkedHashMap<>();

        private final Changes changes = new Changes(sketch, kinds, references, problems);

        Edited create(List<JsonObject> drafts, Optional<String> named) {
            Optional<String> page = page(named);
            if (isTooMuch(drafts)) {
                return problems.refused();
            }
            for (int i = 0; i < drafts.size(); i++) {
                ask(i, creation.take(path(i), drafts.get(i)));
            }
            creation.make(page.orElse(""));
            return end();
        }

        Edited update(List<JsonObject> wanted) {
            if (isTooMuch(wanted)) {
                return problems.refused();
            }
            for (int i = 0; i < wanted.size(); i++) {
                ask(i, changes.make(path(i), wanted.get(i)));
            }
            return end();
        }

        private void ask(int index, Optional<String> id) {
            id.ifPresent(shape -> asked.put(shape, path(index)));
        }

        Edited connect(List<JsonObject> connections) {
            Optional<String> page = page(Optional.empty());
            if (isTooMuch(connections)) {
                return problems.refused();
            }
            for (int i = 0; i < connections.size(); i++) {
                JsonObject wanted = connections.get(i);
                ask(
                        i,
                        isThere(wanted.get("id"))
                                ? changes.make(path(i), arrow(i, wanted))
                                : creation.take(path(i), arrow(i, wanted)));
            }
            creation.make(page.orElse(""));
            return end();
        }

        private JsonObject arrow(int index, JsonObject wanted) {
            JsonString arrow = JsonString.of("arrow");
            JsonValue type = wanted.get("type");
            if (type != null && !type.equals(arrow)) {
                problems.add(path(index) + ".type", type, "what connects is an arrow");
            }
            return wanted.with("type", arrow);
        }

        private boolean isThere(@Nullable JsonValue id) {
            return id instanceof JsonString(String text)
                    && (board.placed(text).isPresent()
                            || board.placed("shape:" + text).isPresent());
        }

        Edited delete(List<String> ids) {
            if (ids.isEmpty() || ids.size() > MOST_SHAPES) {
                problems.add("", null, "expected 1 to " + MOST_SHAPES + " ids, got " + ids.size());
                return problems.refused();
            }
            Set<String> named = new LinkedHashSet<>();
            for (int i = 0; i < ids.size(); i++) {
                String path = path(i);
                JsonString given = JsonString.of(ids.get(i));
                Optional<String> id =
                        isOnlyDeletable(ids.get(i)) ? Optional.of(ids.get(i)) : references.shape(path, given);
                id.ifPresent(found -> {
                    if (board.placed(found).filter(Board.Placed::locked).isPresent()) {
                        problems.add(path, given, "is locked, or in something locked: unlock that with locked: false");
                    }
                    named.add(found);
                    asked.put(found, path);
                });
            }
            if (problems.isEmpty()) {
                remove(named);
            }
            return end();
        }

        /** Shapes on no page, and very deep ones, cannot be named otherwise, but they can be taken away. */
        private boolean isOnlyDeletable(String id) {
            return board.record(id)
                            .filter(record ->
                                    Props.string(record, "typeName", "").equals("shape"))
                            .isPresent()
                    && board.placed(id)
                            .filter(placed -> placed.depth() <= References.DEEPEST)
                            .isEmpty();
        }

        private void remove(Set<String> named) {
            Set<String> all = board.withDescendants(named);
            for (String id : all) {
                for (JsonObject binding : board.bindingsTo(id)) {
                    String arrow = Props.string(binding, "fromId", "");
                    if (!all.contains(arrow)) {
                        Arrows.settle(sketch, arrow); // its free end stays where the shape was
                    }
                }
            }
            sketch.remove(all);
        }

        private Optional<String> page(Optional<String> named) {
            if (named.isPresent()) {
                return references.page("page", named.get());
            }
            Optional<String> first = board.pageIds().stream().findFirst();
            if (first.isEmpty()) {
                problems.add("page", null, "the board has no page");
            }
            return first;
        }

        private boolean isTooMuch(List<JsonObject> wanted) {
            if (wanted.isEmpty() || wanted.size() > MOST_SHAPES) {
                problems.add("", null, "expected 1 to " + MOST_SHAPES + " shapes, got " + wanted.size());
                return true;
            }
            long said = 0;
            for (JsonObject each : wanted) {
                said += Weight.of(each);
            }
            if (said > MOST_SAID) {
                problems.add("", null, "this is too much for one call: say it in several");
            }
            return said > MOST_SAID;
        }

        private Edited end() {
            if (problems.isEmpty()) {
                changes.settle();
                sketch.removeEmptyGroups();
                sketch.shapes().forEach(shape -> validate(asked.getOrDefault(Props.id(shape), Props.id(shape)), shape));
                sketch.bindings().forEach(binding -> validate(Props.id(binding), binding));
            }
            List<String> ids = List.copyOf(asked.keySet());
            return problems.isEmpty() ? new Edited.Done(sketch.edit(ids), ids) : problems.refused();
        }

        private void validate(String path, JsonObject record) {
            try {
                kinds.validate(record);
            } catch (ValidationException e) {
                problems.add(path, null, e.getMessage() == null ? "is no valid record" : e.getMessage());
            }
        }
    }

    private static String path(int index) {
        return "[" + index + ']';
    }
}

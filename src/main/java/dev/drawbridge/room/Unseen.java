package dev.drawbridge.room;

import dev.drawbridge.json.JsonNumber;
import dev.drawbridge.json.JsonObject;
import dev.drawbridge.json.JsonString;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of records that the pusher is not told of when it deletes what they hang on (§21.22). A client of tldraw
 * deletes what lies on a page or a shape with it, and so is that deleted which it does not see; when it takes a group
 * apart it moves what is in it to where the group is, and so is moved what it does not see.
 */
final class Unseen {
    private final View view;
    private final RoomDocument document;
    private final DocumentTransaction documents;

    /** @param documents what the push has come to so far */
    Unseen(View view, RoomDocument document, DocumentTransaction documents) {
        this.view = view;
        this.document = document;
        this.documents = documents;
    }

    void followDeleted() {
        Deque<String> deleted = new ArrayDeque<>();
        for (RecordChange change : documents.changes()) {
            if (change instanceof RecordChange.Deleted && !view.isHidden(change.id())) {
                deleted.add(change.id());
            }
        }
        while (!deleted.isEmpty()) {
            String id = deleted.remove();
            List<String> hanging = hiddenOn(id);
            if (hanging.isEmpty()) {
                continue;
            }
            JsonObject gone = document.get(id);
            String home = gone == null || view.isHidden(id) ? null : takenApartInto(id, gone);
            for (String each : hanging) {
                JsonObject record = documents.get(each);
                if (record == null) {
                    continue;
                }
                if (home != null && gone != null && id.equals(record.string("parentId"))) {
                    documents.put(each, moved(record, gone, home));
                } else {
                    documents.remove(each);
                    deleted.add(each);
                }
            }
        }
    }

    private List<String> hiddenOn(String id) {
        List<String> hiddenOnes = new ArrayList<>();
        for (String each : view.outline().hangingOn(id)) {
            if (view.isHidden(each)) {
                hiddenOnes.add(each);
            }
        }
        return hiddenOnes;
    }

    /** Where what was on a shape has gone that was moved away from it as it was deleted; {@code null} if nothing was. */
    private @Nullable String takenApartInto(String id, JsonObject gone) {
        String parent = gone.string("parentId");
        if (parent == null || !"shape".equals(gone.string("typeName"))) {
            return null;
        }
        for (String each : view.outline().hangingOn(id)) {
            JsonObject sibling = documents.touches(each) ? documents.get(each) : null;
            if (sibling != null && parent.equals(sibling.string("parentId"))) {
                return parent;
            }
        }
        return null;
    }

    /** A shape that was on another one, where it is seen now, on what that one was on. */
    private static JsonObject moved(JsonObject shape, JsonObject from, String to) {
        double turn = number(from, "rotation");
        double x = number(shape, "x");
        double y = number(shape, "y");
        return with(
                with(
                        with(
                                shape.with("parentId", JsonString.of(to)),
                                "x",
                                number(from, "x") + x * Math.cos(turn) - y * Math.sin(turn)),
                        "y",
                        number(from, "y") + x * Math.sin(turn) + y * Math.cos(turn)),
                "rotation",
                number(shape, "rotation") + turn);
    }

    /** Sums of numbers of that size are none any more. */
    private static JsonObject with(JsonObject shape, String key, double value) {
        return Double.isFinite(value) ? shape.with(key, JsonNumber.of(value)) : shape;
    }

    private static double number(JsonObject object, String key) {
        return object.get(key) instanceof JsonNumber(double value) ? value : 0;
    }
}

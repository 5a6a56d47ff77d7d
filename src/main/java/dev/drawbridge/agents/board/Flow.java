package dev.drawbridge.agents.board;

import dev.drawbridge.json.JsonNumber;
import dev.drawbridge.json.JsonObject;
import java.util.HashMap;
import java.util.Map;

/** Finds places for new shapes of which nobody has said where: in rows below all that is there, one beside the other. */
final class Flow {
    private static final double GAP = 40;
    private static final double ROW = 1_200;

    private final Sketch sketch;
    private final Map<String, Row> rows = new HashMap<>();

    Flow(Sketch sketch) {
        this.sketch = sketch;
    }

    private static final class Row {
        private final double left;
        private double x;
        private double y;
        private double below;

        Row(double left, double y) {
            this.left = left;
            this.x = left;
            this.y = y;
            this.below = y;
        }

        Spot next(Box box) {
            if (x > left && x + box.w() > left + ROW) {
                x = left;
                y = below;
            }
            Spot spot = new Spot(x - box.x(), y - box.y());
            x += box.w() + GAP;
            below = Math.max(below, y + box.h() + GAP);
            return spot;
        }
    }

    /** The shape at a place of its own in its parent, which is on the board already unless it is new. */
    JsonObject place(JsonObject shape, boolean inNew) {
        String parent = Sketch.parent(shape);
        Row row = rows.computeIfAbsent(parent, id -> inNew ? new Row(GAP, GAP) : below(id));
        Spot spot = row.next(Extent.of(shape));
        return shape.with("x", JsonNumber.of(spot.x())).with("y", JsonNumber.of(spot.y()));
    }

    private Row below(String parentId) {
        if (sketch.board().pageName(parentId).isPresent()) {
            return sketch.board()
                    .box(parentId)
                    .map(box -> new Row(box.x(), box.bottom() + GAP))
                    .orElseGet(() -> new Row(0, 0));
        }
        Box around = null;
        for (JsonObject child : sketch.board().children(parentId)) {
            Box box = Pose.of(child).around(Extent.of(child));
            around = around == null ? box : around.with(box);
        }
        return around == null ? new Row(GAP, GAP) : new Row(around.x(), around.bottom() + GAP);
    }
}

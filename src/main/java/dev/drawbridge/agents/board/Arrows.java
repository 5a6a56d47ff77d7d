package dev.drawbridge.agents.board;

import dev.drawbridge.json.JsonNumber;
import dev.drawbridge.json.JsonObject;
import java.util.Optional;
import java.util.Set;

/**
 * Says where the ends of arrows are. What an end sticks to, its binding says, and clients compute from that where it is drawn;
 * what stands in the arrow itself is for those that do not, and for when the binding is gone.
 */
final class Arrows {
    private static final Set<String> ROUND = Set.of("ellipse", "oval");

    private Arrows() {}

    /** Writes where the ends of an arrow are now, by what they stick to. */
    static void settle(Sketch sketch, String arrowId) {
        sketch.shape(arrowId).ifPresent(arrow -> sketch.put(settled(sketch, arrow)));
    }

    private static JsonObject settled(Sketch sketch, JsonObject arrow) {
        Pose pose = sketch.pose(Props.id(arrow));
        JsonObject.Builder props = Props.of(arrow).toBuilder();
        for (Terminal terminal : Terminal.values()) {
            Spot other = aim(sketch, arrow, pose, terminal.other());
            Spot end = sketch.boundTo(Props.id(arrow), terminal)
                    .map(shapeId -> edge(sketch, shapeId, other))
                    .orElseGet(() -> aim(sketch, arrow, pose, terminal));
            props.put(terminal.prop(), pose.in(end).json());
        }
        return arrow.with("props", props.build());
    }

    /** A new arrow whose own place is where it starts. */
    static void begin(Sketch sketch, String arrowId) {
        settle(sketch, arrowId);
        sketch.shape(arrowId).ifPresent(arrow -> {
            JsonObject props = Props.of(arrow);
            Spot start = Spot.of(Props.object(props, "start"));
            Spot end = Spot.of(Props.object(props, "end"));
            Spot at = Pose.of(arrow).out(start.x(), start.y());
            JsonObject.Builder moved = props.toBuilder();
            moved.put("start", new Spot(0, 0).json());
            moved.put("end", new Spot(end.x() - start.x(), end.y() - start.y()).json());
            sketch.put(arrow.with("x", JsonNumber.of(at.x()))
                    .with("y", JsonNumber.of(at.y()))
                    .with("props", moved.build()));
        });
    }

    /** What an end points at, on the page: the middle of what it sticks to, or where it is. */
    private static Spot aim(Sketch sketch, JsonObject arrow, Pose pose, Terminal terminal) {
        Optional<String> bound = sketch.boundTo(Props.id(arrow), terminal);
        if (bound.isPresent()) {
            Spot middle = box(sketch, bound.get()).center();
            return sketch.pose(bound.get()).out(middle.x(), middle.y());
        }
        Spot own = Spot.of(Props.object(Props.of(arrow), terminal.prop()));
        return pose.out(own.x(), own.y());
    }

    private static Box box(Sketch sketch, String shapeId) {
        return sketch.shape(shapeId).map(Extent::of).orElse(new Box(0, 0, 0, 0));
    }

    /** Where the way from the middle of a shape to a point leaves the shape; its middle when the point is inside. */
    private static Spot edge(Sketch sketch, String shapeId, Spot to) {
        Pose pose = sketch.pose(shapeId);
        Box box = box(sketch, shapeId);
        Spot middle = box.center();
        Spot local = pose.in(to);
        if (box.has(local)) {
            return pose.out(middle.x(), middle.y());
        }
        double dx = local.x() - middle.x();
        double dy = local.y() - middle.y();
        double wide = Math.abs(dx) * 2 / Math.max(box.w(), 1);
        double high = Math.abs(dy) * 2 / Math.max(box.h(), 1);
        boolean round = sketch.shape(shapeId)
                .filter(shape -> ROUND.contains(Props.string(Props.of(shape), "geo", "")))
                .isPresent();
        double part = Math.min(1, 1 / (round ? Math.hypot(wide, high) : Math.max(wide, high)));
        return pose.out(middle.x() + dx * part, middle.y() + dy * part);
    }
}

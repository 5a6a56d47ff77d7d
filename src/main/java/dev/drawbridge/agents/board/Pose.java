package dev.drawbridge.agents.board;

import dev.drawbridge.json.JsonObject;

/**
 * Where something stands, and how it is turned, within what it is in.
 *
 * @param turn in radians, clockwise as the screen is looked at
 */
record Pose(double x, double y, double turn) {
    static final Pose NONE = new Pose(0, 0, 0);

    static Pose of(JsonObject shape) {
        return new Pose(Props.number(shape, "x", 0), Props.number(shape, "y", 0), Props.number(shape, "rotation", 0));
    }

    /** The pose, outside of this one, of what has that pose within it. */
    Pose then(Pose inner) {
        Spot at = out(inner.x, inner.y);
        return new Pose(at.x(), at.y(), turn + inner.turn);
    }

    /** Where a point within this is outside. */
    Spot out(double px, double py) {
        if (turn == 0) {
            return new Spot(x + px, y + py);
        }
        double cos = Math.cos(turn);
        double sin = Math.sin(turn);
        return new Spot(x + px * cos - py * sin, y + px * sin + py * cos);
    }

    /** Where a point outside of this is within. */
    Spot in(Spot outside) {
        double dx = outside.x() - x;
        double dy = outside.y() - y;
        if (turn == 0) {
            return new Spot(dx, dy);
        }
        double cos = Math.cos(turn);
        double sin = Math.sin(turn);
        return new Spot(dx * cos + dy * sin, dy * cos - dx * sin);
    }

    /** The pose within this of what has that pose outside. */
    Pose within(Pose outside) {
        Spot at = in(new Spot(outside.x, outside.y));
        return new Pose(at.x(), at.y(), outside.turn - turn);
    }

    /** The upright box around a box within this. */
    Box around(Box box) {
        Box corners = Box.at(out(box.x(), box.y()));
        corners = corners.with(out(box.right(), box.y()));
        corners = corners.with(out(box.x(), box.bottom()));
        return corners.with(out(box.right(), box.bottom()));
    }
}

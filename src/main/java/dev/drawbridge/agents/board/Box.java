package dev.drawbridge.agents.board;

/**
 * An upright rectangle.
 *
 * @param w its width, zero or more
 * @param h its height, zero or more
 */
public record Box(double x, double y, double w, double h) {

    static Box at(Spot point) {
        return new Box(point.x(), point.y(), 0, 0);
    }

    double right() {
        return x + w;
    }

    double bottom() {
        return y + h;
    }

    Spot center() {
        return new Spot(x + w / 2, y + h / 2);
    }

    boolean has(Spot point) {
        return point.x() >= x && point.x() <= right() && point.y() >= y && point.y() <= bottom();
    }

    /** Whether they have a point in common. */
    boolean meets(Box other) {
        return x <= other.right() && other.x <= right() && y <= other.bottom() && other.y <= bottom();
    }

    /** The box around this and that point. */
    Box with(Spot point) {
        return with(at(point));
    }

    /** The box around both. */
    Box with(Box other) {
        double left = Math.min(x, other.x);
        double top = Math.min(y, other.y);
        return new Box(left, top, Math.max(right(), other.right()) - left, Math.max(bottom(), other.bottom()) - top);
    }
}

package dev.drawbridge.schema.primitives;

/** A point of a freehand line; {@code z} is the pressure, {@link #DEFAULT_PRESSURE} where none was measured. */
public record Point(double x, double y, double z) {
    public static final double DEFAULT_PRESSURE = 0.5;

    public static Point of(double x, double y) {
        return new Point(x, y, DEFAULT_PRESSURE);
    }
}

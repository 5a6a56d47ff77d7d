package dev.drawbridge.schema.primitives;

/**
 * Half precision numbers (IEEE 754 binary16), with the rounding of the npm packages on a runtime without a native
 * float16, Node 20 among them (SCHEMA §7). It differs from the native rounding in two ways, and both decode everywhere.
 *
 * <ul>
 *   <li>A number halfway between two neighbours goes to the one farther from zero, not to the even one.
 *   <li>A number below 2<sup>-14</sup> that rounds up to it becomes zero.
 * </ul>
 */
public final class Float16 {

    private static final int NOT_A_NUMBER = 0x7e00;
    private static final int INFINITY = 0x7c00;
    private static final int SIGN = 0x8000;
    private static final int FRACTION = 0x3ff;
    private static final int FRACTION_BITS = 10;
    private static final int STEPS = 1 << FRACTION_BITS;
    private static final int BIAS = 15;

    /** The halfway point between the largest finite number, 65504, and the one that would come next. */
    private static final double FIRST_INFINITE = 65520;

    private static final double SMALLEST_NORMAL = 0x1p-14;
    private static final double STEPS_PER_SUBNORMAL_UNIT = 0x1p24;

    /**
     * From this number on the packages' logarithm is so near to -14 that it is taken for it: the five doubles below
     * 2<sup>-14</sup> become 2<sup>-14</sup>, and not zero as those before them.
     */
    private static final double TAKEN_FOR_SMALLEST_NORMAL =
            SMALLEST_NORMAL - 5 * Math.ulp(Math.nextDown(SMALLEST_NORMAL));

    private Float16() {}

    public static short encode(double value) {
        if (Double.isNaN(value)) {
            return (short) NOT_A_NUMBER;
        }
        int sign = Double.doubleToRawLongBits(value) < 0 ? SIGN : 0;
        return (short) (sign | magnitude(Math.abs(value)));
    }

    /** The number, exactly. */
    public static double decode(short bits) {
        return Float.float16ToFloat(bits);
    }

    private static int magnitude(double value) {
        if (value >= FIRST_INFINITE) {
            return INFINITY;
        }
        if (value >= SMALLEST_NORMAL) {
            int exponent = Math.getExponent(value);
            double fraction = Math.scalb(value, -exponent) - 1;
            // A fraction that rounds up to 1 carries over into the exponent.
            return ((exponent + BIAS) << FRACTION_BITS) + (int) Math.round(fraction * STEPS);
        }
        if (value >= TAKEN_FOR_SMALLEST_NORMAL) {
            return STEPS;
        }
        return (int) Math.round(value * STEPS_PER_SUBNORMAL_UNIT) & FRACTION;
    }
}

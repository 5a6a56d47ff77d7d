package dev.drawbridge.schema;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.regex.Pattern;

/** Numbers as JavaScript reads them from a text and writes them. Reading takes linear time, whatever the text. */
final class JsNumbers {
    private static final Pattern DECIMAL = Pattern.compile("[+-]?(\\d+(\\.\\d*)?|\\.\\d+)([eE][+-]?\\d+)?");
    private static final Pattern INFINITY = Pattern.compile("[+-]?Infinity");
    private static final Pattern INTEGER_WITH_RADIX = Pattern.compile("0([xX][0-9a-fA-F]+|[oO][0-7]+|[bB][01]+)");
    private static final Pattern LEADING_ZEROS = Pattern.compile("^0+(?=.)");

    private JsNumbers() {}

    /** {@code Number(text)}. */
    static double read(String text) {
        String trimmed = trim(text);
        if (trimmed.isEmpty()) {
            return 0;
        }
        if (DECIMAL.matcher(trimmed).matches() || INFINITY.matcher(trimmed).matches()) {
            return Double.parseDouble(trimmed);
        }
        return INTEGER_WITH_RADIX.matcher(trimmed).matches() ? withRadix(trimmed) : Double.NaN;
    }

    /** {@code String(number)}. */
    static String write(double number) {
        if (!Double.isFinite(number)) {
            return Double.toString(number);
        }
        BigDecimal shortest = new BigDecimal(Double.toString(number)).stripTrailingZeros();
        double size = Math.abs(number);
        if (number == 0 || (size >= 1e-6 && size < 1e21)) {
            return shortest.signum() == 0 ? "0" : shortest.toPlainString();
        }
        int exponent = shortest.precision() - shortest.scale() - 1;
        return shortest.scaleByPowerOfTen(-exponent).toPlainString() + (exponent < 0 ? "e" : "e+") + exponent;
    }

    private static double withRadix(String text) {
        int bits =
                switch (text.charAt(1)) {
                    case 'x', 'X' -> 4;
                    case 'o', 'O' -> 3;
                    default -> 1;
                };
        String digits = LEADING_ZEROS.matcher(text.substring(2)).replaceFirst("");
        boolean tooLarge = (digits.length() - 1) * (long) bits > Double.MAX_EXPONENT;
        return tooLarge ? Double.POSITIVE_INFINITY : new BigInteger(digits, 1 << bits).doubleValue();
    }

    private static String trim(String text) {
        int start = 0;
        int end = text.length();
        while (start < end && isBlank(text.charAt(start))) {
            start++;
        }
        while (end > start && isBlank(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(start, end);
    }

    private static boolean isBlank(char unit) {
        return (unit >= '\t' && unit <= '\r') || unit == '\uFEFF' || Character.isSpaceChar(unit);
    }
}

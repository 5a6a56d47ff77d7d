package dev.drawbridge.schema.primitives;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * The points of freehand lines as base64 texts, little-endian.
 *
 * <ul>
 *   <li>Relative, the form of today: the first point in float32, every other one as float16 differences to the point
 *       before it. With {@code dim} 2 there is no {@code z}, and decoding supplies {@link Point#DEFAULT_PRESSURE}; any
 *       other {@code dim} means x, y, z.
 *   <li>Absolute, short-lived and older: each point as x, y, z in float16.
 * </ul>
 *
 * <p>An empty text is a line without points. Encoding loses precision, and decoding adds up what was lost.
 */
public final class DrawPaths {

    private static final int FLAT = 2;
    private static final int ASCII = 0x80;

    /** The six bits of each character, 0 for those that are not in base64. */
    private static final int[] SEXTETS = sextets();

    private DrawPaths() {}

    /** The path of these points. */
    public static String encode(List<Point> points, int dim) {
        if (points.isEmpty()) {
            return "";
        }
        int axes = axes(dim);
        ByteBuffer bytes = allocate(axes * (Float.BYTES + Short.BYTES * (points.size() - 1)));
        Point first = points.getFirst();
        bytes.putFloat((float) first.x()).putFloat((float) first.y());
        if (axes > FLAT) {
            bytes.putFloat((float) first.z());
        }
        Point previous = first;
        for (Point point : points.subList(1, points.size())) {
            // The difference is to the point as drawn, not as encoded: so the packages do it.
            bytes.putShort(Float16.encode(point.x() - previous.x()));
            bytes.putShort(Float16.encode(point.y() - previous.y()));
            if (axes > FLAT) {
                bytes.putShort(Float16.encode(point.z() - previous.z()));
            }
            previous = point;
        }
        return text(bytes);
    }

    /**
     * The points of a path.
     *
     * @throws IllegalArgumentException if the text ends in the middle of a point
     */
    public static List<Point> decode(String path, int dim) {
        if (path.isEmpty()) {
            return List.of();
        }
        int axes = axes(dim);
        ByteBuffer bytes = bytes(path);
        int others = bytes.capacity() - axes * Float.BYTES;
        if (others < 0 || others % (axes * Short.BYTES) != 0) {
            throw incomplete(bytes);
        }
        List<Point> points = new ArrayList<>(1 + others / (axes * Short.BYTES));
        double x = bytes.getFloat();
        double y = bytes.getFloat();
        double z = axes > FLAT ? bytes.getFloat() : Point.DEFAULT_PRESSURE;
        points.add(new Point(x, y, z));
        while (bytes.hasRemaining()) {
            x += Float16.decode(bytes.getShort());
            y += Float16.decode(bytes.getShort());
            z += axes > FLAT ? Float16.decode(bytes.getShort()) : 0;
            points.add(new Point(x, y, z));
        }
        return points;
    }

    /** The path of these points in the absolute form. */
    public static String encodeAbsolute(List<Point> points) {
        ByteBuffer bytes = allocate(3 * Short.BYTES * points.size());
        for (Point point : points) {
            bytes.putShort(Float16.encode(point.x()));
            bytes.putShort(Float16.encode(point.y()));
            bytes.putShort(Float16.encode(point.z()));
        }
        return text(bytes);
    }

    /**
     * The points of a path in the absolute form.
     *
     * @throws IllegalArgumentException if the text ends in the middle of a point
     */
    public static List<Point> decodeAbsolute(String path) {
        ByteBuffer bytes = bytes(path);
        if (bytes.capacity() % (3 * Short.BYTES) != 0) {
            throw incomplete(bytes);
        }
        List<Point> points = new ArrayList<>(bytes.capacity() / (3 * Short.BYTES));
        while (bytes.hasRemaining()) {
            double x = Float16.decode(bytes.getShort());
            double y = Float16.decode(bytes.getShort());
            double z = Float16.decode(bytes.getShort());
            points.add(new Point(x, y, z));
        }
        return points;
    }

    private static int axes(int dim) {
        return dim == FLAT ? FLAT : 3;
    }

    private static ByteBuffer allocate(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static String text(ByteBuffer bytes) {
        return StandardCharsets.ISO_8859_1
                .decode(Base64.getEncoder().encode(bytes.flip()))
                .toString();
    }

    private static ByteBuffer bytes(String path) {
        return ByteBuffer.wrap(decoded(path)).order(ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * The bytes of a base64 text, of odd texts too, as Node 20 has them: any other character counts as {@code A}, every
     * four characters count for three bytes, but the last characters, when they are no four, are read only if there is
     * padding.
     */
    private static byte[] decoded(String path) {
        int padding = path.endsWith("==") ? 2 : path.endsWith("=") ? 1 : 0;
        int length = (int) (path.length() * 3L / 4) - padding;
        if (length < 0) {
            throw new IllegalArgumentException("base64 that is nothing but padding");
        }
        byte[] bytes = new byte[length];
        int data = path.length() - padding;
        int read = padding == 0 ? data - data % 4 : data;
        for (int at = 0; at < read; at++) {
            // Six bits go where they belong; what would stand behind the end is not there.
            int bits = SEXTETS[Math.min(path.charAt(at), ASCII)] << (10 - at % 4 * 6 % 8);
            int index = at / 4 * 3 + at % 4 * 3 / 4;
            put(bytes, index, bits >> 8);
            put(bytes, index + 1, bits);
        }
        return bytes;
    }

    private static void put(byte[] bytes, int index, int bits) {
        if (index < bytes.length) {
            bytes[index] |= (byte) bits;
        }
    }

    private static int[] sextets() {
        String digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        int[] sextets = new int[ASCII + 1];
        for (int sextet = 0; sextet < digits.length(); sextet++) {
            sextets[digits.charAt(sextet)] = sextet;
        }
        return sextets;
    }

    private static IllegalArgumentException incomplete(ByteBuffer bytes) {
        return new IllegalArgumentException("a path of " + bytes.capacity() + " bytes ends in the middle of a point");
    }
}

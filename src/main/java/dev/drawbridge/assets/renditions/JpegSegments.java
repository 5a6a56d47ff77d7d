package dev.drawbridge.assets.renditions;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a JPEG consists of (ITU-T T.81). Of all that is said in it about its colours, libraries and browsers read what JFIF and
 * Adobe say; Java's reader guesses more, and worse. So its pixels are brought into a file of which there is one reading.
 */
final class JpegSegments {
    private static final int START = 0xffd8;
    private static final int END = 0xd9;
    private static final int SCAN = 0xda;
    private static final int JFIF = 0xe0;
    private static final int EXIF = 0xe1;
    private static final int PROFILE = 0xe2;
    private static final int ADOBE = 0xee;
    private static final int FIRST_APPLICATION = 0xe0;
    private static final int LAST_APPLICATION = 0xef;
    private static final int COMMENT = 0xfe;
    private static final int FIRST_RESTART = 0xd0;
    private static final int LAST_RESTART = 0xd7;
    private static final int MARK = 0xff;

    private static final int COLOURS = 3;
    private static final int BITS = 8;

    /** Pixels in a block, on a side. */
    private static final int BLOCK = 8;

    private static final int ADOBE_TRANSFORM_AT = 11;

    private static final int MARKER_BYTES = 2;

    /** They are counted in one byte. */
    private static final int MOST_PARTS_OF_PROFILE = 255;

    private static final byte[] HEAD_OF_JFIF =
            bytes(0xff, 0xd8, 0xff, 0xe0, 0, 16, 'J', 'F', 'I', 'F', 0, 1, 1, 0, 0, 1, 0, 1, 0, 0);
    private static final byte[] HEAD_OF_RGB =
            bytes(0xff, 0xd8, 0xff, 0xee, 0, 14, 'A', 'd', 'o', 'b', 'e', 0, 100, 0, 0, 0, 0, 0);

    private final ByteBuffer jpeg;
    private final ByteBuffer plain;
    private final List<ByteBuffer> profile = new ArrayList<>();
    private Optional<Frame> frame = Optional.empty();
    private Orientation orientation = Orientation.UPRIGHT;
    private boolean jfif;
    private boolean exif;
    private OptionalInt adobe = OptionalInt.empty();
    private int scans;

    /** A part of the colour. */
    record Component(int id, int horizontal, int vertical) {}

    /** What all of the image is like. */
    record Frame(boolean progressive, int width, int height, List<Component> components) {

        /** What it takes to keep all blocks until the last scan. */
        long coefficientBytes() {
            int across =
                    components.stream().mapToInt(Component::horizontal).max().orElse(1);
            int down = components.stream().mapToInt(Component::vertical).max().orElse(1);
            long units = (long) Math.ceilDiv(width, across * BLOCK) * Math.ceilDiv(height, down * BLOCK);
            return components.stream()
                            .mapToLong(component -> (long) component.horizontal() * component.vertical())
                            .sum()
                    * units
                    * (BLOCK * BLOCK * Short.BYTES);
        }

        int numberOf(int id) {
            for (int i = 0; i < components.size(); i++) {
                if (components.get(i).id() == id) {
                    return i + 1;
                }
            }
            throw new IllegalArgumentException("there is no component " + id);
        }
    }

    private JpegSegments(byte[] content) {
        this.jpeg = ByteBuffer.wrap(content);
        // Nothing becomes larger but the head.
        this.plain = ByteBuffer.allocate(HEAD_OF_JFIF.length + content.length + Short.BYTES)
                .position(HEAD_OF_JFIF.length);
    }

    /** Empty when it is cut off or damaged, or nothing that a browser shows as a rule. */
    static Optional<JpegSegments> of(byte[] content) {
        JpegSegments segments = new JpegSegments(content);
        try {
            return segments.read() ? Optional.of(segments) : Optional.empty();
        } catch (BufferUnderflowException | IndexOutOfBoundsException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private boolean read() {
        if (Short.toUnsignedInt(jpeg.getShort()) != START) {
            return false;
        }
        while (true) {
            int marker = marker();
            if (marker == END) {
                return frame.isPresent() && scans > 0;
            }
            int start = jpeg.position();
            int length = Short.toUnsignedInt(jpeg.getShort(start));
            ByteBuffer data = jpeg.slice(start + Short.BYTES, length - Short.BYTES);
            jpeg.position(start + length);
            if (!take(marker, data)) {
                return false;
            }
        }
    }

    private int marker() {
        if (Byte.toUnsignedInt(jpeg.get()) != MARK) {
            throw new IllegalArgumentException("no marker");
        }
        int marker = MARK;
        while (marker == MARK) {
            marker = Byte.toUnsignedInt(jpeg.get());
        }
        return marker;
    }

    private boolean take(int marker, ByteBuffer data) {
        switch (marker) {
            case 0xc0, 0xc1, 0xc2 -> {
                return takeFrame(marker, data);
            }
            // Lossless, hierarchical, arithmetic; of a height that is told afterwards.
            case 0xc3, 0xc5, 0xc6, 0xc7, 0xc8, 0xc9, 0xca, 0xcb, 0xcc, 0xcd, 0xce, 0xcf, 0xdc -> {
                return false;
            }
            case SCAN -> takeScan(data);
            case JFIF -> jfif |= begins(data, "JFIF\0");
            case EXIF -> takeExif(data);
            case PROFILE -> {
                if (begins(data, "ICC_PROFILE\0")) {
                    int length = MARKER_BYTES + Short.BYTES + data.limit();
                    profile.add(jpeg.slice(jpeg.position() - length, length));
                }
                return profile.size() <= MOST_PARTS_OF_PROFILE;
            }
            case ADOBE -> {
                if (begins(data, "Adobe") && data.remaining() > ADOBE_TRANSFORM_AT) {
                    adobe = OptionalInt.of(data.get(ADOBE_TRANSFORM_AT));
                }
            }
            default -> {
                if (marker != COMMENT && (marker < FIRST_APPLICATION || marker > LAST_APPLICATION)) {
                    write(marker, data);
                }
            }
        }
        return true;
    }

    private void takeExif(ByteBuffer data) {
        String mark = "Exif\0\0";
        if (!exif && begins(data, mark)) {
            exif = true;
            orientation = Orientation.of(data.slice(mark.length(), data.remaining() - mark.length()));
        }
    }

    /** Its components are numbered anew. */
    private boolean takeFrame(int marker, ByteBuffer data) {
        ByteBuffer copy = ByteBuffer.allocate(data.remaining()).put(data.duplicate());
        int bits = data.get();
        int height = Short.toUnsignedInt(data.getShort());
        int width = Short.toUnsignedInt(data.getShort());
        int count = data.get();
        if (frame.isPresent() || bits != BITS || height == 0 || width == 0 || (count != 1 && count != COLOURS)) {
            return false;
        }
        List<Component> components = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            copy.put(data.position(), (byte) (i + 1));
            int id = Byte.toUnsignedInt(data.get());
            int sampling = Byte.toUnsignedInt(data.get());
            data.get(); // its table
            components.add(new Component(id, sampling >> 4, sampling & 0xf));
        }
        frame = Optional.of(new Frame(marker == 0xc2, width, height, List.copyOf(components)));
        write(marker, copy.flip());
        return components.stream().allMatch(one -> one.horizontal() > 0 && one.vertical() > 0)
                && new HashSet<>(components.stream().map(Component::id).toList()).size() == count;
    }

    /** A scan, and its pixels. */
    private void takeScan(ByteBuffer data) {
        Frame of = frame.orElseThrow(() -> new IllegalArgumentException("a scan of nothing"));
        scans++;
        ByteBuffer copy =
                ByteBuffer.allocate(data.remaining()).put(data.duplicate()).flip();
        int count = data.get();
        for (int i = 0; i < count; i++) {
            int at = 1 + 2 * i;
            copy.put(at, (byte) of.numberOf(Byte.toUnsignedInt(data.get(at))));
        }
        write(SCAN, copy);
        int start = jpeg.position();
        while (!isMarkerNext()) {
            jpeg.get();
        }
        plain.put(jpeg.array(), start, jpeg.position() - start);
    }

    private boolean isMarkerNext() {
        int at = jpeg.position();
        if (Byte.toUnsignedInt(jpeg.get(at)) != MARK) {
            return false;
        }
        int next = Byte.toUnsignedInt(jpeg.get(at + 1));
        return next != 0 && next != MARK && (next < FIRST_RESTART || next > LAST_RESTART);
    }

    private void write(int marker, ByteBuffer data) {
        plain.put((byte) MARK)
                .put((byte) marker)
                .putShort((short) (data.limit() + Short.BYTES))
                .put(data.duplicate().rewind());
    }

    private static boolean begins(ByteBuffer data, String text) {
        byte[] mark = text.getBytes(StandardCharsets.ISO_8859_1);
        return data.remaining() >= mark.length && data.slice(0, mark.length).equals(ByteBuffer.wrap(mark));
    }

    Optional<Frame> frame() {
        return frame;
    }

    Orientation orientation() {
        return orientation;
    }

    int scans() {
        return scans;
    }

    /** The segments of its profile, as they are. */
    List<ByteBuffer> profile() {
        return List.copyOf(profile);
    }

    /** The same image without what was said about it, but for what its colours are. */
    ByteBuffer plain() {
        byte[] head = isRgb() ? HEAD_OF_RGB : HEAD_OF_JFIF;
        int start = HEAD_OF_JFIF.length - head.length;
        ByteBuffer file = plain.duplicate().put((byte) MARK).put((byte) END);
        return file.put(start, head).flip().position(start);
    }

    /** As libjpeg decides. */
    private boolean isRgb() {
        List<Integer> ids = frame.stream()
                .flatMap(all -> all.components().stream())
                .map(Component::id)
                .toList();
        if (ids.size() != COLOURS || jfif) {
            return false;
        }
        return adobe.isPresent() ? adobe.getAsInt() == 0 : ids.equals(List.of((int) 'R', (int) 'G', (int) 'B'));
    }

    private static byte[] bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }
}

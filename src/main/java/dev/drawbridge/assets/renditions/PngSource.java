package dev.drawbridge.assets.renditions;

import dev.drawbridge.assets.MediaType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import javax.imageio.ImageReader;

/**
 * A PNG. What it says of its colours is copied into its renditions as it is.
 *
 * @param interlaced whether its pixels come in another order than that of its rows
 * @param colours the chunks that say something about its colours
 * @param plain the same without what is not needed to read it: Java's reader keeps some of it, however much there is
 */
record PngSource(
        int width,
        int height,
        int bands,
        int depth,
        boolean interlaced,
        List<ByteBuffer> colours,
        ByteBuffer plain,
        int size)
        implements Source {
    private static final long SIGNATURE = 0x89504e470d0a1a0aL;
    private static final int CHUNK_FRAME = 12;
    private static final int HEADER_BYTES = 13;
    private static final int DEPTH_AT = 8;
    private static final int COLOUR_TYPE_AT = 9;
    private static final int INTERLACE_AT = 12;

    /** Signature and first chunk. */
    private static final int HEAD_BYTES = Long.BYTES + CHUNK_FRAME + HEADER_BYTES;

    private static final int GREY = 0;
    private static final int COLOUR = 2;
    private static final int PALETTE = 3;
    private static final int GREY_WITH_ALPHA = 4;
    private static final int COLOUR_WITH_ALPHA = 6;
    private static final int BYTE_BITS = 8;

    /** What is read. */
    private static final Set<String> PIXELS = Set.of("IHDR", "PLTE", "tRNS", "IDAT", "IEND");

    /** What is copied. */
    private static final Set<String> COLOURS = Set.of("cICP", "iCCP", "sRGB", "gAMA", "cHRM");

    /** What else is looked at. */
    private static final Set<String> OTHERS = Set.of("acTL", "eXIf");

    static Optional<PngSource> of(byte[] content) {
        ByteBuffer png = ByteBuffer.wrap(content);
        if (png.remaining() < HEAD_BYTES || png.getLong() != SIGNATURE) {
            return Optional.empty();
        }
        Map<String, ByteBuffer> chunks = new HashMap<>();
        List<ByteBuffer> colours = new ArrayList<>();
        ByteBuffer plain = ByteBuffer.allocate(content.length).putLong(SIGNATURE);
        while (png.remaining() >= CHUNK_FRAME) {
            int start = png.position();
            int length = png.getInt();
            if (length < 0 || length > png.remaining() - Long.BYTES) {
                return Optional.empty();
            }
            byte[] type = new byte[Integer.BYTES];
            png.get(type);
            String name = new String(type, StandardCharsets.ISO_8859_1);
            ByteBuffer data = png.slice(png.position(), length);
            ByteBuffer chunk = png.slice(start, CHUNK_FRAME + length);
            png.position(start + CHUNK_FRAME + length);
            boolean pixels = PIXELS.contains(name);
            boolean colour = COLOURS.contains(name);
            boolean first = (pixels || colour || OTHERS.contains(name)) && chunks.putIfAbsent(name, data) == null;
            if (colour && first) {
                colours.add(chunk);
            } else if (pixels) {
                plain.put(chunk);
            }
            if (name.equals("IEND")) {
                return of(chunks, List.copyOf(colours), plain.flip(), content.length);
            }
        }
        return Optional.empty(); // it is cut off
    }

    private static Optional<PngSource> of(
            Map<String, ByteBuffer> chunks, List<ByteBuffer> colours, ByteBuffer plain, int size) {
        ByteBuffer header = chunks.getOrDefault("IHDR", ByteBuffer.allocate(0));
        if (header.remaining() != HEADER_BYTES || chunks.containsKey("acTL")) {
            return Optional.empty();
        }
        ByteBuffer exif = chunks.get("eXIf");
        if (exif != null && Orientation.of(exif) != Orientation.UPRIGHT) {
            return Optional.empty(); // browsers do not agree whether it counts
        }
        int depth = header.get(DEPTH_AT);
        int colourType = header.get(COLOUR_TYPE_AT);
        boolean transparent = chunks.containsKey("tRNS");
        if (transparent && colourType == GREY && depth < BYTE_BITS) {
            return Optional.empty(); // Java's reader does not find what is transparent
        }
        int width = header.getInt();
        int height = header.getInt();
        OptionalInt bands = bands(colourType, transparent);
        return width > 0 && height > 0 && bands.isPresent()
                ? Optional.of(new PngSource(
                        width, height, bands.getAsInt(), depth, header.get(INTERLACE_AT) != 0, colours, plain, size))
                : Optional.empty();
    }

    private static OptionalInt bands(int colourType, boolean transparent) {
        return switch (colourType) {
            case GREY -> OptionalInt.of(transparent ? 2 : 1);
            case COLOUR, PALETTE -> OptionalInt.of(transparent ? 4 : 3);
            case GREY_WITH_ALPHA -> OptionalInt.of(2);
            case COLOUR_WITH_ALPHA -> OptionalInt.of(4);
            default -> OptionalInt.empty();
        };
    }

    @Override
    public Orientation orientation() {
        return Orientation.UPRIGHT;
    }

    @Override
    public long bytesToRead() {
        long bytesOfPixel = bands * (depth > BYTE_BITS ? 2L : 1L);
        // Of a row there are: two for the filters, one that is taken over, one of integers.
        long rows = interlaced ? height : 1;
        return size
                + (long) plain.capacity()
                + 2L * colourBytes()
                + width * (rows * bytesOfPixel + 3 * bytesOfPixel + (long) Integer.BYTES * bands);
    }

    @Override
    public Bitmap read(byte[] content, int toWidth, int toHeight, Deadline deadline) throws IOException {
        ImageReader reader = Codec.PNG.reader();
        try {
            reader.setInput(new TimedInput(plain, deadline), false, true);
            return interlaced
                    ? Reading.atOnce(reader, toWidth, toHeight, deadline)
                    : Reading.rowByRow(reader, reader.getDefaultReadParam(), toWidth, toHeight, deadline);
        } finally {
            reader.dispose();
        }
    }

    @Override
    public MediaType typeOf(Bitmap rendition) {
        return MediaType.PNG;
    }

    @Override
    public byte[] encode(Bitmap rendition, int quality) throws IOException {
        byte[] png = Writing.png(rendition);
        ByteBuffer file = ByteBuffer.allocate(png.length + colourBytes()).put(png, 0, HEAD_BYTES);
        colours.forEach(chunk -> file.put(chunk.duplicate()));
        return file.put(png, HEAD_BYTES, png.length - HEAD_BYTES).array();
    }

    private int colourBytes() {
        return colours.stream().mapToInt(ByteBuffer::remaining).sum();
    }
}

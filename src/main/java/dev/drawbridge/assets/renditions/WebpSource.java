package dev.drawbridge.assets.renditions;

import com.twelvemonkeys.imageio.plugins.webp.WebPImageReaderSpi;
import dev.drawbridge.assets.MediaType;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.imageio.ImageReader;

/** A WebP that does not move. Nothing here can write one: renditions are JPEGs, or PNGs when something is transparent. */
record WebpSource(int width, int height, boolean alpha, int size) implements Source {
    private static final int RIFF = 0x52494646;
    private static final int WEBP = 0x57454250;
    private static final int HEAD_BYTES = 12;

    private static final int ANIMATED = 0x02;
    private static final int ALPHA = 0x10;
    private static final int CANVAS_AT = 4;
    private static final int TRIPLE = 0xffffff;

    /** Frame tag and start code. */
    private static final int LOSSY_SIZE_AT = 6;

    private static final int LOSSY_BITS = 0x3fff;

    /** Signature. */
    private static final int LOSSLESS_SIZE_AT = 1;

    private static final int LOSSLESS_BITS = 14;
    private static final int LOSSLESS_ALPHA = 28;

    private static final int COLOURS = 3;

    /** What is looked at; there may be any number of others. */
    private static final Set<String> KNOWN = Set.of("VP8X", "VP8 ", "VP8L", "ALPH", "ICCP", "EXIF");

    /** Width and height. */
    private record Size(int width, int height, boolean alpha) {}

    static Optional<WebpSource> of(byte[] content) {
        try {
            ByteBuffer webp = ByteBuffer.wrap(content);
            if (webp.getInt() != RIFF || webp.getInt(Long.BYTES) != WEBP) {
                return Optional.empty();
            }
            Map<String, ByteBuffer> chunks = chunks(webp.position(HEAD_BYTES).order(ByteOrder.LITTLE_ENDIAN));
            Size image = image(chunks);
            Size canvas = chunks.containsKey("VP8X") ? canvas(chunks.get("VP8X")) : image;
            ByteBuffer exif = chunks.get("EXIF");
            boolean turned = exif != null && Orientation.of(exif) != Orientation.UPRIGHT;
            // What an image has inside is not always what it says outside, and it is the inside that has to be read.
            return image.width() == canvas.width() && image.height() == canvas.height() && !turned
                    ? Optional.of(new WebpSource(
                            image.width(), image.height(), canvas.alpha() || image.alpha(), content.length))
                    : Optional.empty();
        } catch (BufferUnderflowException | IndexOutOfBoundsException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Map<String, ByteBuffer> chunks(ByteBuffer webp) {
        Map<String, ByteBuffer> chunks = new HashMap<>();
        while (webp.remaining() > Long.BYTES) {
            byte[] name = new byte[Integer.BYTES];
            webp.get(name);
            int length = webp.getInt();
            ByteBuffer data = webp.slice(webp.position(), length).order(ByteOrder.LITTLE_ENDIAN);
            String kind = new String(name, StandardCharsets.ISO_8859_1);
            if (KNOWN.contains(kind) && chunks.putIfAbsent(kind, data) != null) {
                throw new IllegalArgumentException("two chunks of a kind");
            }
            webp.position(Math.min(webp.limit(), webp.position() + length + length % 2));
        }
        return chunks;
    }

    private static Size canvas(ByteBuffer extended) {
        int flags = extended.get(0);
        if ((flags & ANIMATED) != 0) {
            throw new IllegalArgumentException("it is animated");
        }
        return new Size(
                1 + (extended.getInt(CANVAS_AT) & TRIPLE),
                1 + (extended.getInt(CANVAS_AT + COLOURS - 1) >>> Byte.SIZE & TRIPLE),
                (flags & ALPHA) != 0);
    }

    private static Size image(Map<String, ByteBuffer> chunks) {
        ByteBuffer lossy = chunks.get("VP8 ");
        ByteBuffer lossless = chunks.get("VP8L");
        if (lossy != null && lossless == null) {
            return new Size(
                    lossy.getShort(LOSSY_SIZE_AT) & LOSSY_BITS,
                    lossy.getShort(LOSSY_SIZE_AT + Short.BYTES) & LOSSY_BITS,
                    false);
        }
        if (lossless != null && lossy == null) {
            int bits = lossless.getInt(LOSSLESS_SIZE_AT);
            return new Size(
                    1 + (bits & LOSSY_BITS),
                    1 + (bits >>> LOSSLESS_BITS & LOSSY_BITS),
                    (bits >>> LOSSLESS_ALPHA & 1) != 0);
        }
        throw new IllegalArgumentException("not one image");
    }

    @Override
    public int bands() {
        return alpha ? COLOURS + 1 : COLOURS;
    }

    @Override
    public Orientation orientation() {
        return Orientation.UPRIGHT;
    }

    /** It is read as a whole, and what is transparent in it is so once more. */
    @Override
    public long bytesToRead() {
        return size + (long) width * height * (alpha ? 2 * Integer.BYTES : Integer.BYTES);
    }

    @Override
    public Bitmap read(byte[] content, int toWidth, int toHeight, Deadline deadline) throws IOException {
        ImageReader reader = new WebPImageReaderSpi().createReaderInstance(null);
        try {
            reader.setInput(new TimedInput(ByteBuffer.wrap(content), deadline), false, true);
            return Reading.atOnce(reader, toWidth, toHeight, deadline).simplified();
        } finally {
            reader.dispose();
        }
    }

    @Override
    public MediaType typeOf(Bitmap rendition) {
        return Bitmap.hasAlpha(rendition.bands()) ? MediaType.PNG : MediaType.JPEG;
    }

    @Override
    public byte[] encode(Bitmap rendition, int quality) throws IOException {
        return Bitmap.hasAlpha(rendition.bands()) ? Writing.png(rendition) : Writing.jpeg(rendition, quality);
    }
}

package dev.drawbridge.assets.renditions;

import dev.drawbridge.assets.MediaType;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Random;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Images of four colours, one in each quarter, in all of the ways in which images are made. */
public final class Images {
    static final Color TOP_LEFT = Color.RED;
    static final Color TOP_RIGHT = Color.GREEN;
    static final Color BOTTOM_LEFT = Color.BLUE;
    static final Color BOTTOM_RIGHT = Color.YELLOW;

    private static final int PNG_HEAD_BYTES = 33;

    private Images() {}

    public static BufferedImage quarters(int width, int height, int type) {
        BufferedImage image = new BufferedImage(width, height, type);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                Color top = x < width / 2 ? TOP_LEFT : TOP_RIGHT;
                Color bottom = x < width / 2 ? BOTTOM_LEFT : BOTTOM_RIGHT;
                image.setRGB(x, y, (y < height / 2 ? top : bottom).getRGB());
            }
        }
        return image;
    }

    /** As a camera's: its file is not small. */
    static BufferedImage noise(int width, int height) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Random random = new Random(7);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int light = (int) (128 + 90 * Math.sin(x * 0.01) * Math.cos(y * 0.013)) + random.nextInt(30);
                image.setRGB(x, y, light << 16 | (light ^ 0x30) << 8 | (255 - light));
            }
        }
        return image;
    }

    public static byte[] jpeg(int width, int height) {
        return write("jpeg", quarters(width, height, BufferedImage.TYPE_INT_RGB), false);
    }

    public static byte[] png(int width, int height) {
        return write("png", quarters(width, height, BufferedImage.TYPE_INT_RGB), false);
    }

    static byte[] webp(String name) {
        try (InputStream file = Objects.requireNonNull(Images.class.getResourceAsStream("/images/" + name + ".webp"))) {
            return file.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @param inPasses progressive, interlaced */
    static byte[] write(String format, BufferedImage image, boolean inPasses) {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        ImageWriter writer = ImageIO.getImageWritersByFormatName(format).next();
        ImageWriteParam param = writer.getDefaultWriteParam();
        if (inPasses) {
            param.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
        }
        try (MemoryCacheImageOutputStream output = new MemoryCacheImageOutputStream(file)) {
            writer.setOutput(output);
            writer.write(null, new IIOImage(image, null, null), param);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            writer.dispose();
        }
        return file.toByteArray();
    }

    /** A JPEG that is stored without any word about its colours. */
    static byte[] rawJpeg(BufferedImage image) {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        try (MemoryCacheImageOutputStream output = new MemoryCacheImageOutputStream(file)) {
            writer.setOutput(output);
            writer.write(null, new IIOImage(image.getRaster(), null, null), null);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            writer.dispose();
        }
        return file.toByteArray();
    }

    public static BufferedImage read(byte[] content) {
        try {
            return Objects.requireNonNull(ImageIO.read(new ByteArrayInputStream(content)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A JPEG with a segment of its own before all others. */
    static byte[] withSegment(byte[] jpeg, int marker, byte[] data) {
        return insert(
                jpeg,
                2,
                ByteBuffer.allocate(data.length + 4)
                        .put((byte) 0xff)
                        .put((byte) marker)
                        .putShort((short) (data.length + 2))
                        .put(data)
                        .array());
    }

    /** A JPEG that a camera has made which was held in some way. */
    static byte[] oriented(byte[] jpeg, int orientation, ByteOrder order) {
        return withSegment(jpeg, 0xe1, join(bytes("Exif\0\0"), exif(orientation, order)));
    }

    static byte[] exif(int orientation, ByteOrder order) {
        return ByteBuffer.allocate(60)
                .order(order)
                .put(bytes(order == ByteOrder.LITTLE_ENDIAN ? "II" : "MM"))
                .putShort((short) 42)
                .putInt(16) // not where it usually is
                .position(16)
                .putShort((short) 2)
                .putShort((short) 0x010f) // the maker's name
                .putShort((short) 2)
                .putInt(4)
                .put(bytes("abc\0"))
                .putShort((short) 0x0112)
                .putShort((short) 3)
                .putInt(1)
                .putShort((short) orientation)
                .array();
    }

    /** A PNG with a chunk of its own after its header. */
    static byte[] withChunk(byte[] png, String type, byte[] data) {
        return insert(png, PNG_HEAD_BYTES, chunk(type, data));
    }

    static byte[] chunk(String type, byte[] data) {
        CRC32 checksum = new CRC32();
        checksum.update(bytes(type));
        checksum.update(data);
        return ByteBuffer.allocate(data.length + 12)
                .putInt(data.length)
                .put(bytes(type))
                .put(data)
                .putInt((int) checksum.getValue())
                .array();
    }

    /** A PNG that says that it is so large. */
    public static byte[] pngHeader(int width, int height) {
        byte[] header = ByteBuffer.allocate(13)
                .putInt(width)
                .putInt(height)
                .put(new byte[] {8, 6, 0, 0, 0})
                .array();
        return join(
                new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'},
                chunk("IHDR", header),
                chunk("IDAT", new byte[500]),
                chunk("IEND", new byte[0]));
    }

    /** A PNG with all of its pixels, which are black; none of them are ever in memory. */
    static byte[] emptyPng(int width, int height) {
        ByteArrayOutputStream pixels = new ByteArrayOutputStream();
        byte[] row = new byte[1 + Math.ceilDiv(width, 8)];
        try (DeflaterOutputStream deflater = new DeflaterOutputStream(pixels)) {
            for (int y = 0; y < height; y++) {
                deflater.write(row);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        byte[] header = ByteBuffer.allocate(13)
                .putInt(width)
                .putInt(height)
                .put(new byte[] {1, 0, 0, 0, 0})
                .array();
        return join(
                new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'},
                chunk("IHDR", header),
                chunk("IDAT", pixels.toByteArray()),
                chunk("IEND", new byte[0]));
    }

    static byte[] insert(byte[] into, int at, byte[] what) {
        return ByteBuffer.allocate(into.length + what.length)
                .put(into, 0, at)
                .put(what)
                .put(into, at, into.length - at)
                .array();
    }

    static byte[] join(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    /** Each character one. */
    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    static int indexOf(byte[] in, byte[] what) {
        return new String(in, StandardCharsets.ISO_8859_1).indexOf(new String(what, StandardCharsets.ISO_8859_1));
    }

    static MediaType typeOf(byte[] content) {
        return switch (content[0]) {
            case (byte) 0xff -> MediaType.JPEG;
            case (byte) 0x89 -> MediaType.PNG;
            default -> MediaType.WEBP;
        };
    }
}

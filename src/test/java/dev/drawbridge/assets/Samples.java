package dev.drawbridge.assets;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/** The smallest images and videos of their kinds, and larger ones. */
public final class Samples {

    private Samples() {}

    public static byte[] png() {
        return png(false, new byte[0]);
    }

    public static byte[] apng() {
        return png(true, new byte[0]);
    }

    /** A PNG of one pixel, and of at least so many bytes that cannot be compressed. */
    public static byte[] png(int bytes) {
        byte[] noise = new byte[bytes];
        new Random(bytes).nextBytes(noise);
        return png(false, noise);
    }

    private static byte[] png(boolean animated, byte[] ancillary) {
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        png.writeBytes(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'});
        png.writeBytes(chunk("IHDR", new byte[] {0, 0, 0, 1, 0, 0, 0, 1, 8, 2, 0, 0, 0}));
        if (animated) {
            png.writeBytes(chunk("acTL", new byte[] {0, 0, 0, 1, 0, 0, 0, 0}));
            png.writeBytes(chunk(
                    "fcTL",
                    new byte[] {0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 10, 0, 0}));
        }
        if (ancillary.length > 0) {
            png.writeBytes(chunk("noIz", ancillary));
        }
        png.writeBytes(chunk("IDAT", deflated(new byte[] {0, (byte) 0xff, 0, 0})));
        png.writeBytes(chunk("IEND", new byte[0]));
        return png.toByteArray();
    }

    private static byte[] deflated(byte[] bytes) {
        try (Deflater deflater = new Deflater()) {
            deflater.setInput(bytes);
            deflater.finish();
            byte[] buffer = new byte[100];
            return Arrays.copyOf(buffer, deflater.deflate(buffer));
        }
    }

    private static byte[] chunk(String type, byte[] data) {
        CRC32 crc = new CRC32();
        byte[] name = type.getBytes(StandardCharsets.US_ASCII);
        crc.update(name);
        crc.update(data);
        return ByteBuffer.allocate(data.length + 12)
                .putInt(data.length)
                .put(name)
                .put(data)
                .putInt((int) crc.getValue())
                .array();
    }

    public static byte[] gif() {
        return bytes(
                "GIF89a\1\0\1\0\u0080\0\0\u00ff\u00ff\u00ff\0\0\0!\u00f9\4\1\0\0\0\0,\0\0\0\0\1\0\1\0\0\2\2D\1\0;");
    }

    public static byte[] jpeg() {
        return bytes("\u00ff\u00d8\u00ff\u00e0\0\20JFIF\0\1\1\0\0\1\0\1\0\0\u00ff\u00d9");
    }

    public static byte[] webp() {
        return bytes("RIFF\44\0\0\0WEBPVP8 " + "\0".repeat(24));
    }

    public static byte[] svg() {
        return bytes("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"8\" height=\"8\"><rect/></svg>");
    }

    public static byte[] webm() {
        return ebml("webm");
    }

    /** Matroska and WebM begin alike. */
    public static byte[] ebml(String docType) {
        String body = "\102\u0086\u0081\1\102\u00f7\u0081\1\102\u00f2\u0081\4\102\u00f3\u0081\10\102\u0082"
                + (char) (0x80 | docType.length()) + docType + "\102\u0087\u0081\4\102\u0085\u0081\2";
        return bytes(
                "\32\105\u00df\u00a3" + (char) (0x80 | body.length()) + body + "\30S\u0080g\1" + "\u00ff".repeat(7));
    }

    public static byte[] mp4() {
        return media("isom", "iso2", "avc1", "mp41");
    }

    public static byte[] quicktime() {
        return media("qt  ");
    }

    public static byte[] avif() {
        return media("avif", "mif1", "miaf");
    }

    /** A file of the ISO base media family with these brands. */
    public static byte[] media(String brand, String... compatible) {
        String more = String.join("", compatible);
        return ByteBuffer.allocate(16 + more.length() + 16)
                .putInt(16 + more.length())
                .put(bytes("ftyp" + brand))
                .putInt(0)
                .put(bytes(more))
                .putInt(16)
                .put(bytes("free"))
                .array();
    }

    /** Each character one byte. */
    public static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}

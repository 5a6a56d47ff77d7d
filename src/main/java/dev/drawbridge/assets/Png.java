package dev.drawbridge.assets;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;

/** The chunks of a PNG, one after the other. */
final class Png {
    private static final int SIGNATURE_BYTES = 8;
    private static final int CHECKSUM_BYTES = 4;
    private static final int ANIMATION = 0x6163544c; // acTL
    private static final int IMAGE = 0x49444154; // IDAT

    private Png() {}

    /** Whether the one that begins like this is animated: that is said before the image. */
    static boolean isAnimated(byte[] head) {
        ByteBuffer png = ByteBuffer.wrap(head);
        try {
            png.position(SIGNATURE_BYTES);
            while (true) {
                int length = png.getInt();
                int type = png.getInt();
                if (type == ANIMATION) {
                    return true;
                }
                if (type == IMAGE || length < 0 || length > png.remaining() - CHECKSUM_BYTES) {
                    return false;
                }
                png.position(png.position() + length + CHECKSUM_BYTES);
            }
        } catch (BufferUnderflowException | IllegalArgumentException e) {
            return false;
        }
    }
}

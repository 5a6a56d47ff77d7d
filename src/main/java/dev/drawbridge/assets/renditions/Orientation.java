package dev.drawbridge.assets.renditions;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** How a camera was held, and so how its image has to be turned to be upright: in the order and with the meaning of Exif. */
enum Orientation {
    UPRIGHT(false, false, false),
    MIRRORED(false, true, false),
    UPSIDE_DOWN(false, true, true),
    FLIPPED(false, false, true),
    TRANSPOSED(true, false, false),
    TURN_RIGHT(true, false, true),
    TRANSVERSED(true, true, true),
    TURN_LEFT(true, true, false);

    private static final int TAG = 0x0112;
    private static final int SHORT = 3;
    private static final int ENTRY_BYTES = 12;
    private static final short LITTLE_ENDIAN = 0x4949;
    private static final short BIG_ENDIAN = 0x4d4d;

    /** Whether columns become rows. */
    private final boolean swaps;
    /** Whether the column of the original counts from the right. */
    private final boolean fromRight;
    /** Whether its row counts from the bottom. */
    private final boolean fromBottom;

    Orientation(boolean swaps, boolean fromRight, boolean fromBottom) {
        this.swaps = swaps;
        this.fromRight = fromRight;
        this.fromBottom = fromBottom;
    }

    boolean swaps() {
        return swaps;
    }

    /** The upright image. */
    Bitmap turned(Bitmap image) {
        if (this == UPRIGHT) {
            return image;
        }
        Bitmap upright = swaps
                ? new Bitmap(image.height(), image.width(), image.bands())
                : new Bitmap(image.width(), image.height(), image.bands());
        int bands = image.bands();
        int to = 0;
        for (int y = 0; y < upright.height(); y++) {
            for (int x = 0; x < upright.width(); x++) {
                int column = swaps ? y : x;
                int row = swaps ? x : y;
                int fromX = fromRight ? image.width() - 1 - column : column;
                int fromY = fromBottom ? image.height() - 1 - row : row;
                System.arraycopy(
                        image.samples(), (fromY * image.width() + fromX) * bands, upright.samples(), to, bands);
                to += bands;
            }
        }
        return upright;
    }

    /** What Exif data says, which are a TIFF file; upright when they say nothing, or nonsense. */
    static Orientation of(ByteBuffer exif) {
        try {
            ByteBuffer tiff = exif.slice();
            short order = tiff.getShort();
            if (order != LITTLE_ENDIAN && order != BIG_ENDIAN) {
                return UPRIGHT;
            }
            tiff.order(order == LITTLE_ENDIAN ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
            tiff.getShort(); // 42
            tiff.position(tiff.getInt());
            int entries = Short.toUnsignedInt(tiff.getShort());
            for (int i = 0; i < entries; i++) {
                int entry = tiff.position();
                if (Short.toUnsignedInt(tiff.getShort()) == TAG && tiff.getShort() == SHORT && tiff.getInt() == 1) {
                    int value = Short.toUnsignedInt(tiff.getShort());
                    return value >= 1 && value <= values().length ? values()[value - 1] : UPRIGHT;
                }
                tiff.position(entry + ENTRY_BYTES);
            }
        } catch (BufferUnderflowException | IllegalArgumentException e) {
            // cut off, or pointing elsewhere
        }
        return UPRIGHT;
    }
}

package dev.drawbridge.assets.renditions;

import java.awt.image.ColorModel;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;

/** Rows of pixels in any of the forms in which readers of images leave them, as samples from 0 to 255. */
final class Rows {
    private static final int BITS = 8;

    private final Raster raster;
    private final int[] raw;
    private final int[] samples;
    private final int bands;
    private final int shift;
    private final int[][] palette;

    /** @param colours what the samples of the raster mean; in which space of colours is not asked */
    Rows(Raster raster, ColorModel colours) {
        this.raster = raster;
        this.raw = new int[raster.getWidth() * raster.getNumBands()];
        this.palette = colours instanceof IndexColorModel indexed ? palette(indexed) : new int[0][];
        this.bands = colours instanceof IndexColorModel ? colours.getNumComponents() : raster.getNumBands();
        this.shift =
                colours instanceof IndexColorModel ? 0 : raster.getSampleModel().getSampleSize(0) - BITS;
        this.samples = palette.length == 0 ? raw : new int[raster.getWidth() * bands];
        if (shift < 0) {
            throw new IllegalArgumentException("samples of " + (shift + BITS) + " bits");
        }
    }

    private static int[][] palette(IndexColorModel indexed) {
        int[][] palette = new int[indexed.getMapSize()][];
        for (int i = 0; i < palette.length; i++) {
            palette[i] = indexed.getComponents(i, null, 0);
        }
        return palette;
    }

    int bands() {
        return bands;
    }

    /** The same array each time. */
    int[] get(int y) {
        raster.getPixels(0, y, raster.getWidth(), 1, raw);
        if (palette.length > 0) {
            for (int x = 0; x < raw.length; x++) {
                System.arraycopy(palette[raw[x]], 0, samples, x * bands, bands);
            }
        } else if (shift > 0) {
            for (int i = 0; i < raw.length; i++) {
                samples[i] = raw[i] >> shift;
            }
        }
        return samples;
    }
}

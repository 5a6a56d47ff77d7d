package dev.drawbridge.assets.renditions;

import java.util.Arrays;

/**
 * Makes an image smaller, of whose lines it sees one at a time: each pixel of the result is the average of the area that it
 * covers, in which what is transparent has no colour. Of the original nothing is kept.
 */
final class AreaAverage {
    private static final float MAX = 255f;

    private final int width;
    private final int height;
    private final Bitmap result;
    private final int bands;
    private final boolean alpha;
    private final double scaleX;
    private final double scaleY;

    /** Sums of the line that came, and of those that make up the result's next row. */
    private final float[] line;

    private final float[] row;
    private int lines;
    private int rows;

    /**
     * @param width of the original
     * @param height of the original
     * @param toWidth not more
     * @param toHeight not more
     */
    AreaAverage(int width, int height, int bands, int toWidth, int toHeight) {
        if (toWidth > width || toHeight > height || toWidth < 1 || toHeight < 1) {
            throw new IllegalArgumentException("not smaller: " + toWidth + "x" + toHeight);
        }
        this.width = width;
        this.height = height;
        this.bands = bands;
        this.alpha = Bitmap.hasAlpha(bands);
        this.result = new Bitmap(toWidth, toHeight, bands);
        this.scaleX = (double) toWidth / width;
        this.scaleY = (double) toHeight / height;
        this.line = new float[toWidth * bands];
        this.row = new float[toWidth * bands];
    }

    /** @param samples of the next line, each from 0 to 255 */
    void add(int[] samples) {
        if (lines == height) {
            throw new IllegalStateException("all lines have come");
        }
        sumUp(samples);
        double from = lines * scaleY;
        double to = ++lines * scaleY;
        double border = rows + 1d;
        if (to < border && lines < height) {
            addToRow((float) (to - from));
        } else {
            addToRow((float) (Math.min(to, border) - from));
            finishRow();
            addToRow((float) Math.max(0, to - border));
        }
    }

    private void sumUp(int[] samples) {
        Arrays.fill(line, 0);
        int pixel = 0;
        for (int x = 0; x < width; x++) {
            double from = x * scaleX;
            double to = (x + 1) * scaleX;
            int column = Math.min((int) from, result.width() - 1);
            double border = column + 1d;
            if (to <= border || column == result.width() - 1) {
                addTo(column, samples, pixel, (float) scaleX);
            } else {
                addTo(column, samples, pixel, (float) (border - from));
                addTo(column + 1, samples, pixel, (float) (to - border));
            }
            pixel += bands;
        }
    }

    private void addTo(int column, int[] samples, int pixel, float share) {
        int at = column * bands;
        if (alpha) {
            float opacity = samples[pixel + bands - 1] * share;
            for (int band = 0; band < bands - 1; band++) {
                line[at + band] += samples[pixel + band] * opacity;
            }
            line[at + bands - 1] += opacity;
        } else {
            for (int band = 0; band < bands; band++) {
                line[at + band] += samples[pixel + band] * share;
            }
        }
    }

    private void addToRow(float share) {
        if (share > 0) {
            for (int i = 0; i < row.length; i++) {
                row[i] += line[i] * share;
            }
        }
    }

    private void finishRow() {
        if (rows == result.height()) {
            return;
        }
        byte[] to = result.samples();
        int at = rows++ * row.length;
        for (int pixel = 0; pixel < row.length; pixel += bands) {
            float opacity = alpha ? row[pixel + bands - 1] : 1;
            int colours = alpha ? bands - 1 : bands;
            for (int band = 0; band < colours; band++) {
                to[at + pixel + band] = sample(opacity > 0 ? row[pixel + band] / opacity : 0);
            }
            if (alpha) {
                to[at + pixel + colours] = sample(opacity);
            }
        }
        Arrays.fill(row, 0);
    }

    private static byte sample(float value) {
        return (byte) Math.round(Math.clamp(value, 0, MAX));
    }

    /** What has come of it, when all lines have come. */
    Bitmap result() {
        if (lines != height) {
            throw new IllegalStateException(lines + " lines of " + height);
        }
        return result;
    }
}

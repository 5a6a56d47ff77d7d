package dev.drawbridge.assets.renditions;

import java.awt.image.BufferedImage;
import java.io.IOException;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.event.IIOReadUpdateListener;

/** Reads the pixels of images into smaller ones, in time. */
final class Reading {

    private Reading() {}

    /**
     * Reads an image whose reader tells of each of its rows, in their order, of which one is in memory at a time.
     *
     * @param reader has its input
     */
    static Bitmap rowByRow(ImageReader reader, ImageReadParam param, int width, int height, Deadline deadline)
            throws IOException {
        ImageTypeSpecifier form = reader.getImageTypes(0).next();
        OneRow raster = OneRow.of(form.getSampleModel(1, 1), reader.getWidth(0), reader.getHeight(0));
        Rows rows = new Rows(raster.row(), form.getColorModel());
        AreaAverage average = new AreaAverage(raster.getWidth(), raster.getHeight(), rows.bands(), width, height);
        reader.addIIOReadUpdateListener(new RowListener(rows, average, deadline));
        param.setDestination(new BufferedImage(form.getColorModel(), raster, false, null));
        reader.read(0, param);
        deadline.check();
        return average.result();
    }

    /** Reads an image as a whole first. */
    static Bitmap atOnce(ImageReader reader, int width, int height, Deadline deadline) throws IOException {
        BufferedImage image = reader.read(0);
        Rows rows = new Rows(image.getRaster(), image.getColorModel());
        AreaAverage average = new AreaAverage(image.getWidth(), image.getHeight(), rows.bands(), width, height);
        for (int y = 0; y < image.getHeight(); y++) {
            deadline.check();
            average.add(rows.get(y));
        }
        return average.result();
    }

    /** Hands on each row when it has come. */
    private record RowListener(Rows rows, AreaAverage average, Deadline deadline) implements IIOReadUpdateListener {

        @Override
        public void imageUpdate(
                ImageReader source,
                BufferedImage image,
                int x,
                int y,
                int width,
                int height,
                int periodX,
                int periodY,
                int[] bands) {
            if (deadline.hasPassed()) {
                source.abort();
            } else {
                average.add(rows.get(0));
            }
        }

        @Override
        public void passStarted(
                ImageReader source,
                BufferedImage image,
                int pass,
                int minPass,
                int maxPass,
                int x,
                int y,
                int periodX,
                int periodY,
                int[] bands) {}

        @Override
        public void passComplete(ImageReader source, BufferedImage image) {}

        @Override
        public void thumbnailPassStarted(
                ImageReader source,
                BufferedImage thumbnail,
                int pass,
                int minPass,
                int maxPass,
                int x,
                int y,
                int periodX,
                int periodY,
                int[] bands) {}

        @Override
        public void thumbnailUpdate(
                ImageReader source,
                BufferedImage thumbnail,
                int x,
                int y,
                int width,
                int height,
                int periodX,
                int periodY,
                int[] bands) {}

        @Override
        public void thumbnailPassComplete(ImageReader source, BufferedImage thumbnail) {}
    }
}

package dev.drawbridge.assets.renditions;

import java.io.IOException;
import java.util.Iterator;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.ImageWriter;

/** Java's own readers and writers of images, and not others that may be there. */
enum Codec {
    JPEG("jpeg"),
    PNG("png");

    private final String format;

    Codec(String format) {
        this.format = format;
    }

    ImageReader reader() throws IOException {
        return javas(ImageIO.getImageReadersByFormatName(format));
    }

    ImageWriter writer() throws IOException {
        return javas(ImageIO.getImageWritersByFormatName(format));
    }

    private <T> T javas(Iterator<T> all) throws IOException {
        while (all.hasNext()) {
            T one = all.next();
            if (one.getClass().getModule().equals(ImageIO.class.getModule())) {
                return one;
            }
        }
        throw new IOException("this Java has no codec for " + format);
    }
}

package dev.drawbridge.assets.renditions;

import dev.drawbridge.assets.MediaType;
import java.io.IOException;
import java.util.Optional;

/**
 * An image of which smaller ones can be made, as far as its headers tell. What they tell is all that is known before its pixels
 * are read, and what is reckoned with.
 */
sealed interface Source permits JpegSource, PngSource, WebpSource {

    /** Empty when it is no such image, or one of which nothing smaller should be made. */
    static Optional<Source> of(MediaType type, byte[] content) {
        return switch (type.name()) {
            case "image/jpeg" -> JpegSource.of(content).map(Source.class::cast);
            case "image/png" -> PngSource.of(content).map(Source.class::cast);
            case "image/webp" -> WebpSource.of(content).map(Source.class::cast);
            default -> Optional.empty();
        };
    }

    /** Whether there may be images of a type of which smaller ones are made. */
    static boolean isOf(MediaType type) {
        return type.equals(MediaType.JPEG) || type.equals(MediaType.PNG) || type.equals(MediaType.WEBP);
    }

    /** In pixels, before it is turned. */
    int width();

    /** In pixels, before it is turned. */
    int height();

    /** At most so many samples a pixel has. */
    int bands();

    Orientation orientation();

    /** How many bytes of memory it takes to read it, its content included, and the result not. */
    long bytesToRead();

    /**
     * Reads it into a smaller one, not yet turned.
     *
     * @throws IOException when it cannot be read
     * @throws RuntimeException for the same reason: readers of images are not strict about it
     */
    Bitmap read(byte[] content, int width, int height, Deadline deadline) throws IOException;

    /** The type of a rendition. */
    MediaType typeOf(Bitmap rendition);

    /** Makes a rendition a file, with the colours of this one. */
    byte[] encode(Bitmap rendition, int quality) throws IOException;
}

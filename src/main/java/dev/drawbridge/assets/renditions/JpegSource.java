package dev.drawbridge.assets.renditions;

import dev.drawbridge.assets.MediaType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;

/**
 * A JPEG, in grey or in the colours of a screen. Its profile is copied into its renditions as it is.
 *
 * @param scans how many times it goes over its pixels
 * @param bytesOfScans what has to be kept in memory from one time to the next
 * @param profile the segments with its profile of colours
 * @param plain the same without what Java's reader may misunderstand
 */
record JpegSource(
        int width,
        int height,
        int bands,
        Orientation orientation,
        int scans,
        long bytesOfScans,
        List<ByteBuffer> profile,
        ByteBuffer plain,
        int size)
        implements Source {
    static Optional<JpegSource> of(byte[] content) {
        return JpegSegments.of(content).flatMap(segments -> of(segments, content.length));
    }

    private static Optional<JpegSource> of(JpegSegments segments, int size) {
        return segments.frame()
                .map(frame -> new JpegSource(
                        frame.width(),
                        frame.height(),
                        frame.components().size(),
                        segments.orientation(),
                        segments.scans(),
                        segments.scans() > 1 || frame.progressive() ? frame.coefficientBytes() : 0,
                        segments.profile(),
                        segments.plain(),
                        size));
    }

    @Override
    public long bytesToRead() {
        return size
                + (long) plain.capacity()
                + 2L * profileBytes()
                + bytesOfScans
                + (long) width * bands * (2 + Integer.BYTES);
    }

    @Override
    public Bitmap read(byte[] content, int toWidth, int toHeight, Deadline deadline) throws IOException {
        ImageReader reader = Codec.JPEG.reader();
        try {
            reader.setInput(new TimedInput(plain, deadline), false, true);
            ImageReadParam param = reader.getDefaultReadParam();
            if (scans > 1) {
                param.setSourceProgressivePasses(scans - 1, 1); // else it would be shown after each
            }
            return Reading.rowByRow(reader, param, toWidth, toHeight, deadline);
        } finally {
            reader.dispose();
        }
    }

    @Override
    public MediaType typeOf(Bitmap rendition) {
        return MediaType.JPEG;
    }

    @Override
    public byte[] encode(Bitmap rendition, int quality) throws IOException {
        ByteBuffer jpeg = ByteBuffer.wrap(Writing.jpeg(rendition, quality));
        // After the start and its first segment, which is JFIF's.
        int head = Short.BYTES + Short.BYTES + Short.toUnsignedInt(jpeg.getShort(2 * Short.BYTES));
        ByteBuffer file = ByteBuffer.allocate(jpeg.capacity() + profileBytes()).put(jpeg.slice(0, head));
        profile.forEach(segment -> file.put(segment.duplicate()));
        return file.put(jpeg.slice(head, jpeg.capacity() - head)).array();
    }

    private int profileBytes() {
        return profile.stream().mapToInt(ByteBuffer::remaining).sum();
    }
}

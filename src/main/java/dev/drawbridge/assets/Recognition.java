package dev.drawbridge.assets;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.xml.namespace.QName;
import org.apache.tika.detect.XmlRootExtractor;
import org.apache.tika.metadata.Metadata;
import org.apache.tika.mime.MimeTypes;

/**
 * Tells from its beginning what a content is. Apache Tika knows what types begin with; which of those that begin alike it is,
 * and whether it pretends to be several, is told here.
 */
public final class Recognition {
    /** So much of a content has to be shown: an SVG may begin with long comments. */
    public static final int HEAD_BYTES = 64 * 1024;

    private static final QName SVG_ROOT = new QName("http://www.w3.org/2000/svg", "svg");

    /** What readers of other types look for, and some not only at the very beginning. */
    private static final List<String> MARKS_OF_OTHERS =
            List.of("<!doctype html", "<html", "<script", "<iframe", "<?php", "%pdf-");

    /** Tika reads its own lists for about a second. */
    private static final class Types {
        static final MimeTypes ALL = MimeTypes.getDefaultMimeTypes();
    }

    /** Has all that is needed ready, so that nobody waits for it later. */
    public void prepare() {
        of(new byte[0]);
    }

    /** What a content is; empty when that cannot be told, or when it could be taken for something else as well. */
    public Optional<MediaType> of(byte[] head) {
        Optional<MediaType> type = MediaType.of(byTika(head)).map(found -> refined(found, head));
        return type.filter(found -> found.equals(MediaType.SVG) || !couldBeAnother(head));
    }

    private static String byTika(byte[] head) {
        try {
            return Types.ALL
                    .detect(new ByteArrayInputStream(head), new Metadata())
                    .getBaseType()
                    .toString();
        } catch (IOException e) {
            throw new IllegalStateException("bytes in memory cannot be read", e);
        }
    }

    private static MediaType refined(MediaType found, byte[] head) {
        return switch (found.name()) {
            case "image/png" -> Png.isAnimated(head) ? MediaType.APNG : found;
            case "video/mp4", "video/quicktime", "video/x-m4v", "image/avif", "image/heif" ->
                IsoBaseMedia.type(head).orElse(found);
            case "application/x-matroska", "video/x-matroska", "video/webm" ->
                Matroska.isWebm(head) ? MediaType.WEBM : new MediaType("video/x-matroska");
            case "text/plain", "application/xml", "text/xml" -> hasSvgRoot(head) ? MediaType.SVG : found;
            default -> found;
        };
    }

    /** Tika asks only where it sees the usual beginnings; white space and prefixes are as good. */
    private static boolean hasSvgRoot(byte[] head) {
        int start = 0;
        while (start < head.length && head[start] <= ' ' && head[start] >= 0) {
            start++;
        }
        return start < head.length
                && head[start] == '<'
                && SVG_ROOT.equals(
                        new XmlRootExtractor().extractRootElement(Arrays.copyOfRange(head, start, head.length)));
    }

    private static boolean couldBeAnother(byte[] head) {
        String text = new String(head, StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT);
        return MARKS_OF_OTHERS.stream().anyMatch(text::contains);
    }
}

package dev.drawbridge.assets;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** The brands of a file of the ISO base media family (ISO/IEC 14496-12), to which MP4, QuickTime and AVIF belong. */
final class IsoBaseMedia {
    private static final int HEADER_BYTES = 16;

    private static final Set<String> AVIF = Set.of("avif", "avis");
    /** Images, of which kind the compatible brands tell. */
    private static final Set<String> IMAGES = Set.of("mif1", "msf1");
    /** What is neither a video nor an AVIF: HEIF, sound alone, the formats of old telephones. */
    private static final Set<String> OTHERS =
            Set.of("heic", "heix", "hevc", "hevx", "heim", "heis", "M4A ", "M4B ", "M4P ");

    private IsoBaseMedia() {}

    /** Empty when the brands do not tell, or tell of another type. */
    static Optional<MediaType> type(byte[] head) {
        if (head.length < HEADER_BYTES || !"ftyp".equals(text(head, 4))) {
            return Optional.empty(); // an old QuickTime has no brand
        }
        String major = text(head, 8);
        Set<String> compatible = compatible(head);
        if (AVIF.contains(major)
                || (IMAGES.contains(major) && compatible.stream().anyMatch(AVIF::contains))) {
            return Optional.of(MediaType.AVIF);
        }
        if (IMAGES.contains(major) || OTHERS.contains(major) || major.startsWith("3g")) {
            return Optional.empty();
        }
        return Optional.of(major.equals("qt  ") ? MediaType.QUICKTIME : MediaType.MP4);
    }

    private static Set<String> compatible(byte[] head) {
        int end = Math.min(ByteBuffer.wrap(head).getInt(), head.length);
        Set<String> brands = new HashSet<>();
        for (int at = HEADER_BYTES; at + 4 <= end; at += 4) {
            brands.add(text(head, at));
        }
        return brands;
    }

    private static String text(byte[] bytes, int at) {
        return new String(bytes, at, 4, StandardCharsets.ISO_8859_1);
    }
}

package dev.drawbridge.assets;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A type of content, without parameters.
 *
 * @param name such as {@code image/png}, in small letters
 */
public record MediaType(String name) {
    /** Restricted names of RFC 6838, whose first part has no underline anywhere. */
    private static final Pattern VALID = Pattern.compile("[a-z]{1,20}/[a-z0-9][a-z0-9!#$&^_.+-]{0,100}");

    public static final MediaType JPEG = new MediaType("image/jpeg");
    public static final MediaType PNG = new MediaType("image/png");
    public static final MediaType APNG = new MediaType("image/apng");
    public static final MediaType WEBP = new MediaType("image/webp");
    public static final MediaType GIF = new MediaType("image/gif");
    public static final MediaType AVIF = new MediaType("image/avif");
    public static final MediaType SVG = new MediaType("image/svg+xml");
    public static final MediaType MP4 = new MediaType("video/mp4");
    public static final MediaType WEBM = new MediaType("video/webm");
    public static final MediaType QUICKTIME = new MediaType("video/quicktime");

    public MediaType {
        if (!VALID.matcher(name).matches()) {
            throw new IllegalArgumentException("not a media type: " + name);
        }
    }

    /** The type of a header or a setting, its parameters left out; empty when it is none. */
    public static Optional<MediaType> of(String text) {
        int parameters = text.indexOf(';');
        String name =
                (parameters < 0 ? text : text.substring(0, parameters)).strip().toLowerCase(Locale.ROOT);
        return VALID.matcher(name).matches() ? Optional.of(new MediaType(name)) : Optional.empty();
    }

    @Override
    public String toString() {
        return name;
    }
}

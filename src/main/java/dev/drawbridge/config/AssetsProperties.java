package dev.drawbridge.config;

import dev.drawbridge.assets.MediaType;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * Images and videos that are uploaded, at {@code /uploads/{id}} and {@code /api/uploads/{id}}.
 *
 * @param type where they are kept: {@code files} is a folder; with {@code none} there are no uploads, and their paths answer
 *     404
 * @param directory the folder, with type {@code files}; it is made when it is missing. Several servers need the same one
 * @param minFree so much stays free on the disk of the folder, for rooms are likely to be stored there as well: what would
 *     leave less is answered with 507
 * @param maxSize the largest one; the client of tldraw asks for not more than 10MB by itself
 * @param types the media types that are taken, of images and videos; they are recognised by content
 * @param maxPerRoom how much those of a room may take together; {@code 0} for any
 * @param maxTotal how much all may take together; {@code 0} for any
 * @param publicRead whether everybody who knows the id of one may see it, as in tldraw's templates; else only who may see
 *     its room
 * @param uploadsPerMinute how many an address may bring in a minute where everybody is let in (access mode {@code open}); of
 *     IPv6 a network of 64 bits
 * @param concurrentUploads how many may come in at the same time, each of which takes some 150 KB of memory; others wait for
 *     up to ten seconds
 * @param minSpeed how much has to come of one for each second that it takes, but for the first {@code min-speed-after};
 *     what comes more slowly is answered with 408; {@code 0} for any pace
 * @param minSpeedAfter how long one may take whatever comes of it
 */
@Validated
@ConfigurationProperties("drawbridge.assets")
public record AssetsProperties(
        @DefaultValue("files") Type type,
        @DefaultValue("./data/assets") Path directory,
        @DefaultValue("100MB") @MinSize("0B") DataSize minFree,
        @DefaultValue("10MB") @MinSize("1KB") DataSize maxSize,

        @DefaultValue({
            "image/jpeg",
            "image/png",
            "image/webp",
            "image/gif",
            "image/apng",
            "image/avif",
            "image/svg+xml",
            "video/mp4",
            "video/webm",
            "video/quicktime"
        })
        @NotEmpty
        List<@NotBlank String> types,

        @DefaultValue("1GB") @MinSize("0B") DataSize maxPerRoom,
        @DefaultValue("50GB") @MinSize("0B") DataSize maxTotal,
        @DefaultValue("true") boolean publicRead,
        @DefaultValue("240") @Min(1) int uploadsPerMinute,
        @DefaultValue("64") @Min(1) int concurrentUploads,
        @DefaultValue("8KB") @MinSize("0B") DataSize minSpeed,

        @DefaultValue("30s") @DurationMin(message = "must be a duration of 0s or more, such as 30s")
        Duration minSpeedAfter) {

    /** Where assets are kept. */
    public enum Type {
        /** In a folder. */
        FILES,
        /** Nowhere. */
        NONE
    }

    /** The home of the assets in words, for the log at start. */
    public String describe() {
        return switch (type) {
            case FILES -> directory.toAbsolutePath().normalize().toString();
            case NONE -> "nowhere";
        };
    }

    /** Nothing else may come: a page in a browser is no image, and would be served from where the rooms are. */
    Set<MediaType> mediaTypes() {
        Set<MediaType> all = new LinkedHashSet<>();
        for (String text : types) {
            all.add(MediaType.of(text)
                    .filter(type ->
                            type.name().startsWith("image/") || type.name().startsWith("video/"))
                    .orElseThrow(() -> new SettingException(
                            "drawbridge.assets.types",
                            text,
                            "is not the media type of an image or of a video",
                            "Name types such as image/png or video/mp4")));
        }
        return all;
    }
}

package dev.drawbridge.config;

import dev.drawbridge.assets.MediaType;
import dev.drawbridge.s3.S3Settings;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.Pattern;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * Images and videos that are uploaded, at {@code /uploads/{id}} and {@code /api/uploads/{id}}.
 *
 * @param type where they are kept: {@code files} is a folder, {@code s3} a bucket of S3 or of what is compatible with it; with
 *     {@code none} there are no uploads, and their paths answer 404
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
 * @param s3 the bucket, with type {@code s3}
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
        Duration minSpeedAfter,

        @DefaultValue @Valid S3 s3) {

    /** Where assets are kept. */
    public enum Type {
        /** In a folder. */
        FILES,
        /** In a bucket. */
        S3,
        /** Nowhere. */
        NONE
    }

    /** The home of the assets in words, for the log at start. */
    public String describe() {
        return switch (type) {
            case FILES -> directory.toAbsolutePath().normalize().toString();
            case S3 -> "S3, " + s3.describe();
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

    /**
     * The bucket. Its credentials are found as by every program of AWS: in {@code AWS_ACCESS_KEY_ID} and
     * {@code AWS_SECRET_ACCESS_KEY}, in a profile, or as the role of the pod or machine.
     *
     * @param bucket its name; it has to be there
     * @param prefix what the keys of all objects begin with; two installations in one bucket need different ones
     * @param endpoint the address of a store that is compatible with S3; empty for Amazon's
     * @param region the bucket's; empty: what the environment says ({@code AWS_REGION}), or, with an endpoint,
     *     {@code us-east-1}
     * @param pathStyle whether the bucket is in the path of URLs and not in their host name, as stores of one's own mostly
     *     need it
     * @param connectTimeout how long a connection may take
     * @param timeout how long the answer to a small request may take, of which there are three tries; contents have longer
     * @param spoolDirectory where an upload is until it is whole; empty for the system's folder for temporary files
     * @param spoolLimit how much may be there at the same time: what would be more is answered with 507
     */
    public record S3(
            @Nullable String bucket,

            @DefaultValue("drawbridge/")
            @Pattern(
                    regexp = "([A-Za-z0-9!_.*'()-][A-Za-z0-9!_.*'()/-]{0,199})?",
                    message = "must be at most 200 letters, digits and !_.*'()-/, and not begin with a slash")
            String prefix,

            @Nullable URI endpoint,
            @Nullable String region,
            @DefaultValue("false") boolean pathStyle,

            @DefaultValue("2s") @DurationMin(millis = 1, message = TOO_SHORT)
            Duration connectTimeout,

            @DefaultValue("10s") @DurationMin(millis = 1, message = TOO_SHORT)
            Duration timeout,

            @Nullable Path spoolDirectory,
            @DefaultValue("1GB") @MinSize("1MB") DataSize spoolLimit) {

        private static final String TOO_SHORT = "must be a duration of 1ms or more";

        String describe() {
            return (bucket == null ? "" : bucket) + "/" + prefix + (endpoint == null ? "" : " at " + endpoint);
        }

        boolean hasBucket() {
            return bucket != null && !bucket.isBlank();
        }

        /**
         * The bucket, and how it is reached.
         *
         * @param property what all of these settings begin with
         * @param what is kept in it
         */
        S3Settings toSettings(String property, String what) {
            if (bucket == null || bucket.isBlank()) {
                throw new SettingException(
                        property + ".bucket", null, "is missing", "Name the bucket that " + what + " are kept in");
            }
            return new S3Settings(
                    bucket,
                    prefix,
                    Optional.ofNullable(endpoint).map(uri -> requireHttp(property, uri)),
                    Optional.ofNullable(region).filter(text -> !text.isBlank()),
                    pathStyle,
                    connectTimeout,
                    timeout);
        }

        Path spoolFolder() {
            return spoolDirectory == null ? Path.of(System.getProperty("java.io.tmpdir")) : spoolDirectory;
        }

        private static URI requireHttp(String property, URI endpoint) {
            if (!("http".equals(endpoint.getScheme()) || "https".equals(endpoint.getScheme()))
                    || endpoint.getHost() == null) {
                throw new SettingException(
                        property + ".endpoint",
                        endpoint.toString(),
                        "is not the address of a server",
                        "Begin it with https:// or http://, then the host and, if need be, the port");
            }
            return endpoint;
        }
    }
}

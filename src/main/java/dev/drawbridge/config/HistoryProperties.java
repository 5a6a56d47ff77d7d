package dev.drawbridge.config;

import dev.drawbridge.history.ThinningRules;
import dev.drawbridge.s3.S3Settings;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.nio.file.Path;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * Versions of rooms: what a board was, to look at and to bring back.
 *
 * @param enabled whether there are any
 * @param type where they are kept: {@code files} is a folder, {@code s3} a bucket; {@code auto} is a file beside the rooms'
 *     with the embedded store, and the folder with Redis
 * @param directory the folder, with type {@code files}, and with {@code auto} and Redis; it is made when it is missing.
 *     Several servers need the same one
 * @param every how long after the first change since the version before the next one is made; {@code 0}: none is made for
 *     that reason
 * @param onEmpty whether one is made when the last session leaves a room that was changed
 * @param keep how long versions without a name are kept
 * @param maxPerRoom how much the versions of a room may take together; beyond it the oldest without a name go; {@code 0}
 *     for any
 * @param maxTotal how much all may take together, likewise; {@code 0} for any
 * @param openAccess what everybody may do with the past of every room where everybody is let in (access mode {@code open}):
 *     {@code none}, {@code read}, or {@code restore}
 * @param rate how many requests for versions an address may make in a minute, where everybody is let in
 * @param s3 the bucket, with type {@code s3}; without a name that of assets is used, and what belongs to it
 */
@Validated
@ConfigurationProperties("drawbridge.history")
public record HistoryProperties(
        @DefaultValue("true") boolean enabled,
        @DefaultValue("auto") Type type,
        @DefaultValue("./data/history") Path directory,

        @DefaultValue("10m") @DurationMin(message = NEGATIVE)
        Duration every,

        @DefaultValue("true") boolean onEmpty,
        @DefaultValue @Valid Keep keep,
        @DefaultValue("1GB") @MinSize("0B") DataSize maxPerRoom,
        @DefaultValue("20GB") @MinSize("0B") DataSize maxTotal,
        @DefaultValue("none") OpenAccess openAccess,
        @DefaultValue("120") @Min(1) @Max(1_000_000) int rate,
        @DefaultValue @Valid AssetsProperties.S3 s3) {
    private static final String NEGATIVE = "must be a duration of 0s or more, such as 10m or 30d";

    /** Where versions are kept. */
    public enum Type {
        /** Where it is simplest with the store of rooms. */
        AUTO,
        /** In a folder. */
        FILES,
        /** In a bucket. */
        S3
    }

    /** What everybody may do where everybody is let in. */
    public enum OpenAccess {
        /** Not see the past. */
        NONE,
        /** See it. */
        READ,
        /** See it, make versions, and bring them back. */
        RESTORE
    }

    /**
     * How long versions without a name are kept: as many as there are at first, then fewer and fewer.
     *
     * @param all so long all; {@code 0}: none goes by its age
     * @param hourly so long one of each hour
     * @param daily so long one of each day; and then one of each week, for ever
     */
    public record Keep(
            @DefaultValue("1h") @DurationMin(message = NEGATIVE)
            Duration all,

            @DefaultValue("1d") @DurationMin(message = NEGATIVE)
            Duration hourly,

            @DefaultValue("30d") @DurationMin(message = NEGATIVE)
            Duration daily) {}

    /** Which versions stay. */
    public ThinningRules thinning() {
        return new ThinningRules(keep.all(), keep.hourly(), keep.daily(), maxPerRoom.toBytes(), maxTotal.toBytes());
    }

    /** The bucket of type {@code s3}: one of its own, or that of assets, in which keys do not meet. */
    public S3Settings bucket(AssetsProperties assets) {
        boolean own = s3.hasBucket() || !assets.s3().hasBucket();
        return own
                ? s3.toSettings("drawbridge.history.s3", "versions")
                : assets.s3().toSettings("drawbridge.assets.s3", "assets");
    }

    /** Where versions are, with this store of rooms. */
    public Place place(StoreProperties.Type rooms) {
        return switch (type) {
            case FILES -> Place.FOLDER;
            case S3 -> Place.BUCKET;
            case AUTO -> rooms == StoreProperties.Type.SQLITE ? Place.DATABASE : Place.FOLDER;
        };
    }

    /** The kinds of places. */
    public enum Place {
        /** A file beside that of the rooms. */
        DATABASE,
        FOLDER,
        BUCKET
    }
}

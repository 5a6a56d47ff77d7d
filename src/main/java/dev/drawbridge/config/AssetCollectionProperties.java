package dev.drawbridge.config;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Assets that no room refers to any more, which are deleted in the end.
 *
 * @param enabled whether they are looked for and deleted by themselves
 * @param after how long one stays at least that nothing refers to; half as long again at most
 * @param every how often they are looked for, which reads all rooms, slowly
 */
@Validated
@ConfigurationProperties("drawbridge.assets.collection")
public record AssetCollectionProperties(
        @DefaultValue("true") boolean enabled,
        @DefaultValue("7d") Duration after,
        @DefaultValue("6h") Duration every) {
    /** There has to be a pass in each quarter of that time, and a pass takes its time as well. */
    private static final int TIMES = 8;

    public AssetCollectionProperties {
        if (!every.isPositive()) {
            throw new SettingException(
                    "drawbridge.assets.collection.every",
                    every.toString(),
                    "is no time",
                    "Say how often, or set drawbridge.assets.collection.enabled=false.");
        }
        if (after.compareTo(every.multipliedBy(TIMES)) < 0) {
            throw new SettingException(
                    "drawbridge.assets.collection.after",
                    after.toString(),
                    "is less than eight times drawbridge.assets.collection.every (" + every + ")",
                    "Since when nothing refers to an asset is known from how often it is looked for: make it longer.");
        }
    }
}

package dev.drawbridge.config;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * Events: what happens in rooms, for other systems to follow. They are kept beside the rooms: in a file with the embedded
 * store, or in Redis.
 *
 * @param enabled whether there are any
 * @param debounce changes of a room are told of together, when none has followed for so long
 * @param debounceMost but so long after the first of them at the latest
 * @param kept how many of the newest events are kept, for those who follow them and come again
 * @param keptBytes what these may take together; beyond it the oldest go
 * @param listeners how many may follow events at a server at once, as server-sent events
 */
@Validated
@ConfigurationProperties("drawbridge.events")
public record EventsProperties(
        @DefaultValue("true") boolean enabled,

        @DefaultValue("1s") @DurationMin(millis = 10, message = DURATION) @DurationMax(minutes = 10, message = DURATION)
        Duration debounce,

        @DefaultValue("5s") @DurationMin(millis = 10, message = DURATION) @DurationMax(minutes = 10, message = DURATION)
        Duration debounceMost,

        @DefaultValue("10000") @Min(1) @Max(10_000_000) int kept,
        @DefaultValue("32MB") @MinSize("1MB") DataSize keptBytes,
        @DefaultValue("2000") @Min(0) @Max(1_000_000) int listeners) {
    private static final String DURATION = "must be a duration of 10ms to 10m, such as 1s";
}

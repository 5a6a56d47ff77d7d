package dev.drawbridge.config;

import dev.drawbridge.assets.renditions.Ladder;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import java.util.List;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Images in smaller sizes: {@code /uploads/{id}?w=800} for who shows one 800 pixels wide, and {@code &q=60} for who wants it
 * small rather than fine.
 *
 * @param enabled whether there are any; else who asks for one gets the original
 * @param widths those in which they are made, in pixels; what is asked for is rounded up to one of them
 * @param qualities those in which JPEGs are made, from 1 to 100; what is asked for, or 80, is rounded up to one of them
 * @param maxPixels of larger images there are none, which protects from those that are small as files and huge as images
 * @param concurrent how many are made at the same time; {@code 0} for one for each four processors, and at least one. All of
 *     them together use up to an eighth of the heap's size
 * @param timeout for how long one is made, and for how long somebody waits for it, who gets the original then
 */
@Validated
@ConfigurationProperties("drawbridge.assets.renditions")
public record RenditionsProperties(
        @DefaultValue("true") boolean enabled,

        @DefaultValue({"256", "512", "1024", "2048"}) @NotEmpty
        List<@NotNull @Min(1) @Max(16_384) Integer> widths,

        @DefaultValue({"60", "80", "90"}) @NotEmpty List<@NotNull @Min(1) @Max(100) Integer> qualities,
        @DefaultValue("50000000") @Min(1) long maxPixels,
        @DefaultValue("0") @Min(0) @Max(64) int concurrent,
        @DefaultValue("10s") @DurationMin(millis = 1) Duration timeout) {
    private static final int PROCESSORS_FOR_ONE = 4;

    Ladder ladder() {
        return new Ladder(
                widths.stream().sorted().toList(), qualities.stream().sorted().toList());
    }

    int atOnce(int processors) {
        return concurrent > 0 ? concurrent : Math.max(1, processors / PROCESSORS_FOR_ONE);
    }
}

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
 * The door for agents, {@code /mcp}: programs that read boards and draw on them, by the Model Context Protocol.
 *
 * @param enabled whether it is there; if not, the path answers 404
 * @param maxBodySize the largest message, from 1KB to 64MB
 * @param timeout how long a call may wait for its room and the store, up to 5m
 * @param maxResult how many characters of text a call answers with at most; where there is more, the answer says how to get
 *     it
 * @param rate how many messages an address may send in a minute, where everybody is let in
 */
@Validated
@ConfigurationProperties("drawbridge.mcp")
public record McpProperties(
        @DefaultValue("false") boolean enabled,
        @DefaultValue("1MB") @MinSize("1KB") DataSize maxBodySize,

        @DefaultValue("30s") @DurationMin(millis = 1) @DurationMax(minutes = 5)
        Duration timeout,

        @DefaultValue("40000") @Min(1_000) @Max(1_000_000) int maxResult,
        @DefaultValue("300") @Min(1) @Max(1_000_000) int rate) {
    private static final DataSize LARGEST = DataSize.ofMegabytes(64);

    public McpProperties {
        if (maxBodySize.compareTo(LARGEST) > 0) {
            throw new SettingException(
                    "drawbridge.mcp.max-body-size",
                    maxBodySize.toString(),
                    "is too large",
                    "It may be up to 64MB: what is larger goes by the admin API.");
        }
    }
}

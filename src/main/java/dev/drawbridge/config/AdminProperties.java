package dev.drawbridge.config;

import java.nio.file.Path;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The admin API, {@code /admin/**}.
 *
 * @param enabled whether it is there; if not, its paths answer 404
 * @param token the bearer token that its callers must bring; if neither this nor a file is set, one is made at start and
 *     logged once
 * @param tokenFile a file with that token; white space at its ends does not count
 * @param maxBodySize the largest body of a request, at least 1KB; a snapshot has to fit in it. What all bodies take in memory
 *     together is bounded by an eighth of the heap
 * @param timeout how long a request may wait for its room and the store before it is answered with 503
 */
@Validated
@ConfigurationProperties("drawbridge.admin")
public record AdminProperties(
        @DefaultValue("true") boolean enabled,
        @Nullable String token,
        @Nullable Path tokenFile,
        @DefaultValue("256MB") @MinSize("1KB") DataSize maxBodySize,
        @DefaultValue("30s") @DurationMin(millis = 1) Duration timeout) {

    /** Without the token. */
    @Override
    public String toString() {
        return "AdminProperties[enabled=" + enabled + "]";
    }
}

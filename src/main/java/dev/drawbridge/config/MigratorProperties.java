package dev.drawbridge.config;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Your own service that migrates stored records where the steps of a schema file are code.
 *
 * @param url where it is asked, by {@code POST}; without it rooms whose records need such a step stay closed
 * @param token sent along as {@code Authorization: Bearer …}, so that it knows who asks
 * @param tokenFile a file with that token; white space at its ends does not count
 * @param timeout how long it may take for one batch of at most 500 records; then the room stays closed
 * @param maxConcurrent how many rooms it works for at once; others stay closed until their clients ask again
 */
@Validated
@ConfigurationProperties("drawbridge.schema.migrator")
public record MigratorProperties(
        @Nullable URI url,
        @Nullable String token,
        @Nullable Path tokenFile,
        @DefaultValue("10s") @DurationMin(millis = 1) Duration timeout,
        @DefaultValue("4") @Min(1) @Max(1_000) int maxConcurrent) {

    /** Without the token. */
    @Override
    public String toString() {
        return "MigratorProperties[url=" + url + "]";
    }
}

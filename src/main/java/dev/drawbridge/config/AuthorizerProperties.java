package dev.drawbridge.config;

import jakarta.validation.constraints.Min;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Your own service that decides about writes of records of some types.
 *
 * @param url where it is asked, by {@code POST}
 * @param types record types about which it is asked, of any lane
 * @param token sent along as {@code Authorization: Bearer …}, so that it knows who asks
 * @param tokenFile a file with that token; white space at its ends does not count
 * @param timeout how long it may take to answer for one push; then the writes are refused
 * @param maxConcurrent how many questions it is asked at once
 * @param maxWaiting how many more wait for their turn, none longer than {@code timeout}; writes beyond that are refused
 */
@Validated
@ConfigurationProperties("drawbridge.schema.authorizer")
public record AuthorizerProperties(
        @Nullable URI url,
        @DefaultValue Set<String> types,
        @Nullable String token,
        @Nullable Path tokenFile,
        @DefaultValue("3s") @DurationMin(millis = 1) Duration timeout,
        @DefaultValue("64") @Min(1) int maxConcurrent,
        @DefaultValue("2000") @Min(0) int maxWaiting) {

    /** Without the token. */
    @Override
    public String toString() {
        return "AuthorizerProperties[url=" + url + "]";
    }
}

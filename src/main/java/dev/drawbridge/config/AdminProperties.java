package dev.drawbridge.config;

import java.nio.file.Path;
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
 */
@ConfigurationProperties("drawbridge.admin")
public record AdminProperties(
        @DefaultValue("true") boolean enabled,
        @Nullable String token,
        @Nullable Path tokenFile) {

    /** Without the token. */
    @Override
    public String toString() {
        return "AdminProperties[enabled=" + enabled + "]";
    }
}

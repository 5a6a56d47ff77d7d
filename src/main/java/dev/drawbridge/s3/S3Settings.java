package dev.drawbridge.s3;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * Which bucket, and how it is reached. Credentials are found by the SDK's own chain.
 *
 * @param prefix what all keys begin with; empty, or with a slash at its end
 * @param endpoint of a store that is compatible with S3; empty for Amazon's
 * @param region empty: the SDK's own chain says it, or, with an endpoint, {@code us-east-1}
 * @param pathStyle whether the bucket is in the path of URLs, not in their host name
 * @param connectTimeout for a connection
 * @param timeout for the answer to a small request; a content has as much more as it needs at 1 MB/s
 */
public record S3Settings(
        String bucket,
        String prefix,
        Optional<URI> endpoint,
        Optional<String> region,
        boolean pathStyle,
        Duration connectTimeout,
        Duration timeout) {

    public S3Settings {
        if (!prefix.isEmpty() && !prefix.endsWith("/")) {
            prefix = prefix + "/";
        }
    }

    /** Where it is, in words. */
    public String describe() {
        return bucket
                + (prefix.isEmpty() ? "" : "/" + prefix)
                + endpoint.map(uri -> " at " + uri).orElse("");
    }
}

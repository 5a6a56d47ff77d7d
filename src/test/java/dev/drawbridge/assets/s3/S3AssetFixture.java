package dev.drawbridge.assets.s3;

import dev.drawbridge.s3.Bucket;
import dev.drawbridge.s3.Failures;
import dev.drawbridge.s3.S3Fixture;
import dev.drawbridge.s3.S3Server;
import dev.drawbridge.s3.S3Settings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.services.s3.S3Client;

/** An S3 server, and stores of assets on prefixes of their own. */
final class S3AssetFixture extends S3Fixture {
    private static final long SPOOL_LIMIT = 100_000_000;

    private final Path spools;

    S3AssetFixture(Path spools) throws IOException {
        this.spools = spools;
    }

    S3AssetStore open(S3Client client, S3Settings settings, InstantSource clock) {
        return open(client, settings, SPOOL_LIMIT, clock);
    }

    private S3AssetStore open(S3Client client, S3Settings settings, long spoolLimit, InstantSource clock) {
        Failures failures = S3AssetStore.failuresOf(settings);
        return S3AssetStore.open(
                new Bucket(client, settings, failures),
                settings,
                failures,
                new Spool.Folder(spools, spoolLimit),
                clock);
    }

    S3AssetStore open(S3Settings settings, InstantSource clock) {
        return open(settings, SPOOL_LIMIT, clock);
    }

    S3AssetStore open(S3Settings settings, long spoolLimit, InstantSource clock) {
        return open(client(settings, S3Server.SECRET_KEY).build(), settings, spoolLimit, clock);
    }

    S3AssetStore open(String prefix, InstantSource clock) {
        return open(settings(prefix), clock);
    }

    /** One that takes the first failure for an answer. */
    S3AssetStore openWithoutRetries(String prefix, InstantSource clock) {
        S3Settings settings = settings(prefix);
        S3Client client = client(settings, S3Server.SECRET_KEY)
                .overrideConfiguration(override -> override.retryStrategy(AwsRetryStrategy.doNotRetry()))
                .build();
        return open(client, settings, clock);
    }
}

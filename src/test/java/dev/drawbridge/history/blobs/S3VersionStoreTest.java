package dev.drawbridge.history.blobs;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.drawbridge.history.VersionStore;
import dev.drawbridge.history.VersionStoreContract;
import dev.drawbridge.s3.Bucket;
import dev.drawbridge.s3.Failures;
import dev.drawbridge.s3.S3Fixture;
import dev.drawbridge.s3.S3Server;
import dev.drawbridge.s3.S3Settings;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;

/** Versions in a bucket. */
class S3VersionStoreTest extends VersionStoreContract {
    static S3Fixture s3;

    private final String prefix = S3Fixture.newPrefix();

    @BeforeAll
    static void startS3() throws IOException {
        s3 = new S3Fixture();
    }

    @AfterAll
    static void stopS3() throws IOException {
        s3.close();
    }

    @AfterEach
    void heal() {
        s3.front().heal();
    }

    @Override
    protected VersionStore openStore() {
        return open(s3.settings(prefix));
    }

    static VersionStore open(S3Settings settings) {
        Failures failures = S3Blobs.failuresOf(settings);
        Bucket bucket =
                new Bucket(S3Fixture.client(settings, S3Server.SECRET_KEY).build(), settings, failures);
        return new BlobVersionStore(S3Blobs.open(bucket, settings, failures), Ticker.systemTicker());
    }
}

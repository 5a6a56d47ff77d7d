package dev.drawbridge.assets.s3;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.model.S3Object;

/** An S3 server with a bucket, what stands before it, and stores on prefixes of their own. */
final class S3Fixture implements AutoCloseable {
    static final String BUCKET = "drawings";
    private static final AtomicInteger PREFIXES = new AtomicInteger();

    private final S3Server server;
    private final S3Front front;
    private final S3Client direct;
    private final Path spools;

    S3Fixture(Path spools) throws IOException {
        this.spools = spools;
        this.server = S3Server.start();
        this.front = S3Front.before(server);
        this.direct = client(settings("", server.uri()), S3Server.SECRET_KEY).build();
        direct.createBucket(request -> request.bucket(BUCKET));
    }

    S3Front front() {
        return front;
    }

    S3Server server() {
        return server;
    }

    static String newPrefix() {
        return "test-" + PREFIXES.incrementAndGet() + "/";
    }

    S3Settings settings(String prefix) {
        return settings(prefix, front.uri());
    }

    S3Settings settings(String prefix, URI endpoint) {
        return settings(BUCKET, prefix, endpoint, Duration.ofSeconds(10));
    }

    S3Settings settings(String bucket, String prefix, URI endpoint, Duration timeout) {
        return new S3Settings(
                bucket,
                prefix,
                Optional.of(endpoint),
                Optional.empty(),
                true,
                Duration.ofSeconds(2),
                timeout,
                spools,
                100_000_000);
    }

    static S3ClientBuilder client(S3Settings settings, String secret) {
        return S3Clients.builder(settings)
                .credentialsProvider(
                        StaticCredentialsProvider.create(AwsBasicCredentials.create(S3Server.ACCESS_KEY, secret)));
    }

    S3AssetStore open(S3Settings settings, InstantSource clock) {
        return S3AssetStore.open(client(settings, S3Server.SECRET_KEY).build(), settings, clock);
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
        return S3AssetStore.open(client, settings, clock);
    }

    /** All keys below a prefix, without that. */
    List<String> keys(String prefix) {
        return direct.listObjectsV2Paginator(request -> request.bucket(BUCKET).prefix(prefix)).contents().stream()
                .map(S3Object::key)
                .map(key -> key.substring(prefix.length()))
                .toList();
    }

    S3Client direct() {
        return direct;
    }

    @Override
    public void close() throws IOException {
        front.close();
        direct.close();
        server.close();
    }
}

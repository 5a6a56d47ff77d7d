package dev.drawbridge.s3;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.model.S3Object;

/** An S3 server with a bucket, what stands before it, and prefixes of their own for stores. */
public class S3Fixture implements AutoCloseable {
    public static final String BUCKET = "drawings";
    private static final AtomicInteger PREFIXES = new AtomicInteger();

    private final S3Server server;
    private final S3Front front;
    private final S3Client direct;

    public S3Fixture() throws IOException {
        this.server = S3Server.start();
        this.front = S3Front.before(server);
        this.direct = client(settings("", server.uri()), S3Server.SECRET_KEY).build();
        direct.createBucket(request -> request.bucket(BUCKET));
    }

    public S3Front front() {
        return front;
    }

    public S3Server server() {
        return server;
    }

    public static String newPrefix() {
        return "test-" + PREFIXES.incrementAndGet() + "/";
    }

    public final S3Settings settings(String prefix) {
        return settings(prefix, front.uri());
    }

    public final S3Settings settings(String prefix, URI endpoint) {
        return settings(BUCKET, prefix, endpoint, Duration.ofSeconds(10));
    }

    public final S3Settings settings(String bucket, String prefix, URI endpoint, Duration timeout) {
        return new S3Settings(
                bucket, prefix, Optional.of(endpoint), Optional.empty(), true, Duration.ofSeconds(2), timeout);
    }

    public static S3ClientBuilder client(S3Settings settings, String secret) {
        return S3Clients.builder(settings)
                .credentialsProvider(
                        StaticCredentialsProvider.create(AwsBasicCredentials.create(S3Server.ACCESS_KEY, secret)));
    }

    /** All keys below a prefix, without that. */
    public List<String> keys(String prefix) {
        return direct.listObjectsV2Paginator(request -> request.bucket(BUCKET).prefix(prefix)).contents().stream()
                .map(S3Object::key)
                .map(key -> key.substring(prefix.length()))
                .toList();
    }

    public S3Client direct() {
        return direct;
    }

    @Override
    public void close() throws IOException {
        front.close();
        direct.close();
        server.close();
    }
}

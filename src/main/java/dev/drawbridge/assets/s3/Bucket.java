package dev.drawbridge.assets.s3;

import dev.drawbridge.assets.AssetStoreException;
import dev.drawbridge.assets.ByteRange;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;

/** A bucket, in the words of this package; what S3 cannot do now is an {@link AssetStoreException}. */
final class Bucket implements AutoCloseable {
    private static final String JSON = "application/json";
    private static final int NOT_FOUND = 404;
    private static final int CONFLICT = 409;
    private static final int PRECONDITION_FAILED = 412;

    /** Nothing that is read whole is ever larger. */
    private static final int SMALL = 64 * 1024;

    /** Who sends slower to S3 than this has no line to it. */
    private static final long SLOWEST_BYTES_PER_SECOND = 1_000_000;

    /** What the SDK does: one try, and two more. */
    private static final int TRIES = 3;

    private final S3Client client;
    private final String name;
    private final Duration timeout;
    private final Failures failures;
    private volatile boolean closed;

    Bucket(S3Client client, S3Settings settings, Failures failures) {
        this.client = client;
        this.name = settings.bucket();
        this.timeout = settings.timeout();
        this.failures = failures;
    }

    /** A small object. */
    record Found(byte[] content, String etag) {}

    /** An object of a list. */
    record Item(String key, long size, Instant modified) {}

    /**
     * Some objects of a list.
     *
     * @param more whether there are others behind them
     * @param now the time at which S3 has said so, by its own clock
     */
    record Page(List<Item> items, boolean more, Instant now) {}

    Optional<Found> get(String key) {
        return optional(() -> {
            try (ResponseInputStream<GetObjectResponse> content =
                    client.getObject(request -> request.bucket(name).key(key))) {
                byte[] bytes = content.readNBytes(SMALL + 1);
                if (bytes.length > SMALL) {
                    content.abort();
                    throw failures.damaged(key);
                }
                return new Found(bytes, content.response().eTag());
            } catch (IOException e) {
                throw failures.brokeOff(e);
            }
        });
    }

    boolean has(String key) {
        return optional(() -> client.headObject(request -> request.bucket(name).key(key)))
                .isPresent();
    }

    /** Opens a part of an object, at least one byte; empty when it is not there. */
    Optional<InputStream> open(String key, ByteRange range) {
        Optional<ResponseInputStream<GetObjectResponse>> opened = optional(() -> client.getObject(
                request -> request.bucket(name).key(key).range("bytes=" + range.from() + "-" + range.last()),
                ResponseTransformer.toInputStream()));
        return opened.map(content -> {
            if (content.response().contentLength() != range.length()) {
                content.abort();
                throw failures.damaged(key);
            }
            return new ObjectPart(content, range.length());
        });
    }

    void put(String key, String type, byte[] content) {
        call(() -> client.putObject(
                request -> request.bucket(name).key(key).contentType(type), RequestBody.fromBytes(content)));
    }

    void put(String key, byte[] content) {
        put(key, JSON, content);
    }

    /** S3 checks the hash. */
    void put(String key, String type, Spool content, String sha256) {
        Duration once = timeout.plusSeconds(content.size() / SLOWEST_BYTES_PER_SECOND);
        call(() -> client.putObject(
                request -> request.bucket(name)
                        .key(key)
                        .contentType(type)
                        .checksumSHA256(Base64.getEncoder()
                                .encodeToString(HexFormat.of().parseHex(sha256)))
                        .overrideConfiguration(
                                limit -> limit.apiCallAttemptTimeout(once).apiCallTimeout(once.multipliedBy(TRIES))),
                RequestBody.fromContentProvider(content::open, content.size(), type)));
    }

    /** No when there is one already; also when that is this one, made by a try whose answer was lost. */
    boolean create(String key, byte[] content) {
        return unlessRefused(
                        () -> client.putObject(
                                request -> request.bucket(name)
                                        .key(key)
                                        .contentType(JSON)
                                        .ifNoneMatch("*"),
                                RequestBody.fromBytes(content)),
                        false)
                .isPresent();
    }

    /**
     * Its new ETag; empty when it is not as it was any more, also when that is this one's doing, by a try whose answer was
     * lost.
     */
    Optional<String> replace(String key, byte[] content, String etag) {
        return unlessRefused(
                () -> client.putObject(
                                request -> request.bucket(name)
                                        .key(key)
                                        .contentType(JSON)
                                        .ifMatch(etag),
                                RequestBody.fromBytes(content))
                        .eTag(),
                true);
    }

    void delete(String key) {
        optional(() -> client.deleteObject(request -> request.bucket(name).key(key)));
    }

    /** Deletes what is as it was, and nothing else. */
    void deleteUnchanged(String key, String etag) {
        unlessRefused(
                () -> client.deleteObject(
                        request -> request.bucket(name).key(key).ifMatch(etag)),
                true);
    }

    /** Lists keys in their order. */
    Page list(String prefix, String after, int limit) {
        ListObjectsV2Request.Builder request =
                ListObjectsV2Request.builder().bucket(name).prefix(prefix).maxKeys(limit);
        if (!after.isEmpty()) {
            request.startAfter(after);
        }
        ListObjectsV2Response page = call(() -> client.listObjectsV2(request.build()));
        return new Page(
                page.contents().stream()
                        .map(object -> new Item(object.key(), object.size(), object.lastModified()))
                        .toList(),
                Boolean.TRUE.equals(page.isTruncated()),
                timeOf(page));
    }

    private static Instant timeOf(ListObjectsV2Response page) {
        return page.sdkHttpResponse()
                .firstMatchingHeader("Date")
                .flatMap(Bucket::parseTime)
                .orElseGet(Instant::now);
    }

    private static Optional<Instant> parseTime(String date) {
        try {
            return Optional.of(ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant());
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    private <T> T call(Supplier<T> request) {
        requireOpen();
        try {
            return request.get();
        } catch (SdkException e) {
            throw failures.of(e);
        }
    }

    private <T> Optional<T> optional(Supplier<T> request) {
        requireOpen();
        try {
            return Optional.of(request.get());
        } catch (AwsServiceException e) {
            if (isMissing(e)) {
                return Optional.empty();
            }
            throw failures.of(e);
        } catch (SdkException e) {
            throw failures.of(e);
        }
    }

    /** @param refusedWhenMissing whether the object's being away is one way of not being as it was */
    private <T> Optional<T> unlessRefused(Supplier<T> request, boolean refusedWhenMissing) {
        requireOpen();
        try {
            return Optional.of(request.get());
        } catch (AwsServiceException e) {
            if (e.statusCode() == PRECONDITION_FAILED
                    || e.statusCode() == CONFLICT
                    || (refusedWhenMissing && isMissing(e))) {
                return Optional.empty();
            }
            throw failures.of(e);
        } catch (SdkException e) {
            throw failures.of(e);
        }
    }

    private static boolean isMissing(AwsServiceException e) {
        return e.statusCode() == NOT_FOUND && !Failures.codeOf(e).equals("NoSuchBucket");
    }

    private void requireOpen() {
        if (closed) {
            throw failures.closed();
        }
    }

    @Override
    public void close() {
        closed = true;
        client.close();
    }
}

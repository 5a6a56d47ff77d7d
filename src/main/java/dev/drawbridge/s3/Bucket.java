package dev.drawbridge.s3;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CommonPrefix;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.S3Object;

/** A bucket; what S3 cannot do now is an {@link S3Exception}. */
public final class Bucket implements AutoCloseable {
    private static final String JSON = "application/json";
    private static final int NOT_FOUND = 404;
    private static final int CONFLICT = 409;
    private static final int PRECONDITION_FAILED = 412;

    /** What is read whole is not larger, unless somebody says so. */
    private static final int SMALL = 64 * 1024;

    /** Who sends slower to S3 than this has no line to it. */
    private static final long SLOWEST_BYTES_PER_SECOND = 1_000_000;

    /** What the SDK does: one try, and two more. */
    private static final int TRIES = 3;

    private static final int AT_ONCE = 16;

    private static final String SLASH = "/";

    /** The character that comes next: behind all that is in a folder. */
    private static final String BEHIND_SLASH = "0";

    private final S3Client client;
    private final String name;
    private final Duration timeout;
    private final Failures failures;
    private volatile boolean closed;

    /** Opens a bucket; nothing is asked yet. */
    public static Bucket open(S3Settings settings, Failures failures) {
        return new Bucket(S3Clients.open(settings, failures), settings, failures);
    }

    /** The bucket behind a client, which is closed with it. */
    public Bucket(S3Client client, S3Settings settings, Failures failures) {
        this.client = client;
        this.name = settings.bucket();
        this.timeout = settings.timeout();
        this.failures = failures;
    }

    /** A small object. */
    public record Found(byte[] content, String etag) {}

    /** An object of a list. */
    public record Item(String key, long size, Instant modified, String etag) {}

    /**
     * Some objects of a list.
     *
     * @param more whether there are others behind them
     * @param now the time at which S3 has said so, by its own clock
     */
    public record Page(List<Item> items, boolean more, Instant now) {}

    /** A small object. */
    public Optional<Found> get(String key) {
        return get(key, SMALL);
    }

    /** An object as a whole, of at most so many bytes. */
    public Optional<Found> get(String key, int atMost) {
        return optional(() -> {
            try (ResponseInputStream<GetObjectResponse> content =
                    client.getObject(request -> request.bucket(name).key(key))) {
                byte[] bytes = content.readNBytes(atMost + 1);
                if (bytes.length > atMost) {
                    content.abort();
                    throw failures.damaged(key);
                }
                @Nullable Long length = content.response().contentLength();
                if (length != null && bytes.length < length) {
                    throw failures.brokeOff(new EOFException((length - bytes.length) + " bytes are missing"));
                }
                return new Found(bytes, content.response().eTag());
            } catch (IOException e) {
                throw failures.brokeOff(e);
            }
        });
    }

    public boolean has(String key) {
        return etag(key).isPresent();
    }

    /** The ETag of an object; empty when it is not there. */
    public Optional<String> etag(String key) {
        return optional(() ->
                client.headObject(request -> request.bucket(name).key(key)).eTag());
    }

    /** Opens a part of an object, at least one byte; empty when it is not there. */
    public Optional<InputStream> open(String key, long from, long length) {
        Optional<ResponseInputStream<GetObjectResponse>> opened = optional(() -> client.getObject(
                request -> request.bucket(name).key(key).range("bytes=" + from + "-" + (from + length - 1)),
                ResponseTransformer.toInputStream()));
        return opened.map(content -> {
            if (content.response().contentLength() != length) {
                content.abort();
                throw failures.damaged(key);
            }
            return new ObjectPart(content, length);
        });
    }

    /** Puts a small object. */
    public void put(String key, String type, byte[] content) {
        call(() -> client.putObject(
                request -> request.bucket(name).key(key).contentType(type), RequestBody.fromBytes(content)));
    }

    /** Puts a small text of JSON. */
    public void put(String key, byte[] content) {
        put(key, JSON, content);
    }

    /**
     * Puts an object of any size; S3 checks the hash.
     *
     * @param content opens it, once for each try
     * @param sha256 in hexadecimal
     */
    public void put(String key, String type, ContentStreamProvider content, long size, String sha256) {
        Duration once = timeout.plusSeconds(size / SLOWEST_BYTES_PER_SECOND);
        call(() -> client.putObject(
                request -> request.bucket(name)
                        .key(key)
                        .contentType(type)
                        .checksumSHA256(Base64.getEncoder()
                                .encodeToString(HexFormat.of().parseHex(sha256)))
                        .overrideConfiguration(
                                limit -> limit.apiCallAttemptTimeout(once).apiCallTimeout(once.multipliedBy(TRIES))),
                RequestBody.fromContentProvider(content, size, type)));
    }

    /** No when there is one already; also when that is this one, made by a try whose answer was lost. */
    public boolean create(String key, byte[] content) {
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
    public Optional<String> replace(String key, byte[] content, String etag) {
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

    /** Deletes an object, if it is there. */
    public void delete(String key) {
        optional(() -> client.deleteObject(request -> request.bucket(name).key(key)));
    }

    /** Deletes what is as it was, and nothing else. */
    public void deleteUnchanged(String key, String etag) {
        unlessRefused(
                () -> client.deleteObject(
                        request -> request.bucket(name).key(key).ifMatch(etag)),
                true);
    }

    /** Lists keys in their order. */
    public Page list(String prefix, String after, int limit) {
        ListObjectsV2Request.Builder request =
                ListObjectsV2Request.builder().bucket(name).prefix(prefix).maxKeys(limit);
        if (!after.isEmpty()) {
            request.startAfter(after);
        }
        ListObjectsV2Response page = call(() -> client.listObjectsV2(request.build()));
        return new Page(
                page.contents().stream()
                        .map(object -> new Item(object.key(), object.size(), object.lastModified(), object.eTag()))
                        .toList(),
                Boolean.TRUE.equals(page.isTruncated()),
                timeOf(page));
    }

    /**
     * What the keys behind a prefix have before their next slash, in order, where they have one.
     *
     * @param after only those behind this one; empty for all
     */
    public List<String> folders(String prefix, String after, int limit) {
        List<String> found = new ArrayList<>();
        String from = after.isEmpty() ? "" : prefix + after + BEHIND_SLASH;
        boolean more = true;
        while (more && found.size() < limit) {
            ListObjectsV2Request.Builder request = ListObjectsV2Request.builder()
                    .bucket(name)
                    .prefix(prefix)
                    .delimiter(SLASH)
                    .maxKeys(limit - found.size());
            if (!from.isEmpty()) {
                request.startAfter(from);
            }
            ListObjectsV2Response page = call(() -> client.listObjectsV2(request.build()));
            String last = from;
            for (S3Object object : page.contents()) {
                last = last.compareTo(object.key()) < 0 ? object.key() : last;
            }
            for (CommonPrefix each : page.commonPrefixes()) {
                String folder = each.prefix().substring(0, each.prefix().length() - SLASH.length());
                found.add(folder.substring(prefix.length()));
                String behind = folder + BEHIND_SLASH;
                last = last.compareTo(behind) < 0 ? behind : last;
            }
            more = Boolean.TRUE.equals(page.isTruncated()) && !last.equals(from);
            from = last;
        }
        return found;
    }

    /** Asks something of each of some, several at a time; the answers in their order. */
    public <T, R> List<R> atOnce(List<T> all, Function<T, R> question) {
        Semaphore turns = new Semaphore(AT_ONCE);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<R>> asked = all.stream()
                    .map(each -> threads.submit(() -> {
                        turns.acquire();
                        try {
                            return question.apply(each);
                        } finally {
                            turns.release();
                        }
                    }))
                    .toList();
            List<R> answers = new ArrayList<>();
            for (Future<R> one : asked) {
                answers.add(one.get());
            }
            return answers;
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException failure ? failure : new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failures.interrupted(e);
        }
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

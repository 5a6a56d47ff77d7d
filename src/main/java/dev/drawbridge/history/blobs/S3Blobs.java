package dev.drawbridge.history.blobs;

import dev.drawbridge.history.VersionStoreException;
import dev.drawbridge.s3.Bucket;
import dev.drawbridge.s3.Contention;
import dev.drawbridge.s3.DamagedObjectException;
import dev.drawbridge.s3.Failures;
import dev.drawbridge.s3.Fitness;
import dev.drawbridge.s3.S3Exception;
import dev.drawbridge.s3.S3Settings;
import dev.drawbridge.s3.UnusableBucketException;
import java.io.ByteArrayInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Blobs in a bucket. What others may change too is written under the condition that it is as it was. */
final class S3Blobs implements BlobStore {
    private static final Logger log = LoggerFactory.getLogger(S3Blobs.class);
    private static final String TYPE = "application/octet-stream";
    private static final int PAGE = 1_000;

    private final Bucket bucket;
    private final S3Settings settings;
    private final String prefix;
    private final Failures failures;
    private final Fitness fitness;

    private S3Blobs(Bucket bucket, S3Settings settings, Failures failures) {
        this.bucket = bucket;
        this.settings = settings;
        this.prefix = settings.prefix();
        this.failures = failures;
        // Where assets put theirs, who clear away what a process has left that is gone.
        this.fitness = new Fitness(bucket, prefix + "unfinished/", failures);
    }

    /**
     * Opens the bucket. Where S3 is away it is opened all the same, and works as soon as that is back.
     *
     * @throws UnusableBucketException when waiting would not help
     */
    static S3Blobs open(S3Settings settings) {
        Failures failures = failuresOf(settings);
        return open(Bucket.open(settings, failures), settings, failures);
    }

    static Failures failuresOf(S3Settings settings) {
        return new Failures("versions", settings);
    }

    static S3Blobs open(Bucket bucket, S3Settings settings, Failures failures) {
        S3Blobs blobs = new S3Blobs(bucket, settings, failures);
        try {
            blobs.fitness.require();
        } catch (UnusableBucketException e) {
            blobs.close();
            throw e;
        } catch (S3Exception e) {
            log.warn("{}. Versions are kept as soon as it can", e.getMessage());
        }
        return blobs;
    }

    @Override
    public void put(String key, byte[] content) {
        inS3(() -> {
            bucket.put(prefix + key, TYPE, () -> new ByteArrayInputStream(content), content.length, sha256(content));
            return key;
        });
    }

    private static String sha256(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void create(String key, byte[] content) {
        inS3(() -> {
            fitness.require();
            return bucket.create(prefix + key, content);
        });
    }

    @Override
    public boolean replace(String key, byte[] content) {
        return inS3(() -> {
            fitness.require();
            Contention contention = new Contention(prefix + key, failures);
            while (true) {
                Optional<String> there = bucket.etag(prefix + key);
                if (there.isEmpty()) {
                    return false;
                }
                if (bucket.replace(prefix + key, content, there.get()).isPresent()) {
                    return true;
                }
                contention.refused();
            }
        });
    }

    @Override
    public Optional<byte[]> get(String key, int atMost) {
        return inS3(() -> bucket.get(prefix + key, atMost).map(Bucket.Found::content));
    }

    @Override
    public boolean has(String key) {
        return inS3(() -> bucket.has(prefix + key));
    }

    @Override
    public boolean delete(String key) {
        return inS3(() -> {
            boolean there = bucket.has(prefix + key);
            if (there) {
                bucket.delete(prefix + key);
            }
            return there;
        });
    }

    @Override
    public void delete(List<String> keys) {
        inS3(() -> bucket.atOnce(keys, key -> {
            bucket.delete(prefix + key);
            return key;
        }));
    }

    @Override
    public void list(String beginning, Predicate<Item> wantsMore) {
        String after = "";
        boolean more = true;
        while (more) {
            String from = after;
            Bucket.Page page = inS3(() -> bucket.list(prefix + beginning, from, PAGE));
            for (Bucket.Item item : page.items()) {
                after = item.key();
                if (!wantsMore.test(new Item(after.substring(prefix.length()), item.size(), item.etag()))) {
                    return;
                }
            }
            more = page.more() && !page.items().isEmpty();
        }
    }

    @Override
    public List<String> folders(String beginning, String after, int limit) {
        return inS3(() -> bucket.folders(prefix + beginning, after, limit));
    }

    @Override
    public <T, R> List<R> atOnce(List<T> all, Function<T, R> question) {
        return inS3(() -> bucket.atOnce(all, question));
    }

    @Override
    public void ping() {
        inS3(() -> {
            fitness.require();
            return bucket.list(prefix + "unfinished/", "", 1);
        });
    }

    @Override
    public String describe() {
        return "S3 (" + settings.describe() + ")";
    }

    @Override
    public void close() {
        bucket.close();
    }

    /** What S3 fails with, in the words of the contract. */
    private static <T> T inS3(Supplier<T> work) {
        try {
            return work.get();
        } catch (DamagedObjectException e) {
            throw new DamagedBlobException(e.getMessage(), e);
        } catch (S3Exception e) {
            throw new VersionStoreException(e.getMessage(), e);
        }
    }
}

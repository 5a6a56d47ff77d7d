package dev.drawbridge.history.blobs;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/** Lets a test do something before and after each write; of several that are asked for at once, around each. */
final class WatchedBlobs implements BlobStore {
    private final BlobStore blobs;
    private final Watch watch;

    /** What is done around writes. */
    interface Watch {

        /** A write to this key is about to happen. */
        void before(String key);

        /** It has happened. */
        default void after(String key) {}
    }

    WatchedBlobs(BlobStore blobs, Watch watch) {
        this.blobs = blobs;
        this.watch = watch;
    }

    @Override
    public void put(String key, byte[] content) {
        watch.before(key);
        blobs.put(key, content);
        watch.after(key);
    }

    @Override
    public void create(String key, byte[] content) {
        watch.before(key);
        blobs.create(key, content);
        watch.after(key);
    }

    @Override
    public boolean replace(String key, byte[] content) {
        watch.before(key);
        boolean done = blobs.replace(key, content);
        watch.after(key);
        return done;
    }

    @Override
    public boolean delete(String key) {
        watch.before(key);
        boolean done = blobs.delete(key);
        watch.after(key);
        return done;
    }

    @Override
    public void delete(List<String> keys) {
        keys.forEach(key -> {
            watch.before(key);
            blobs.delete(List.of(key));
            watch.after(key);
        });
    }

    @Override
    public Optional<byte[]> get(String key, int atMost) {
        return blobs.get(key, atMost);
    }

    @Override
    public boolean has(String key) {
        return blobs.has(key);
    }

    @Override
    public void list(String prefix, Predicate<Item> wantsMore) {
        blobs.list(prefix, wantsMore);
    }

    @Override
    public List<String> folders(String prefix, String after, int limit) {
        return blobs.folders(prefix, after, limit);
    }

    @Override
    public <T, R> List<R> atOnce(List<T> all, Function<T, R> question) {
        return blobs.atOnce(all, question);
    }

    @Override
    public void ping() {
        blobs.ping();
    }

    @Override
    public String describe() {
        return blobs.describe();
    }

    @Override
    public void close() {
        blobs.close();
    }
}

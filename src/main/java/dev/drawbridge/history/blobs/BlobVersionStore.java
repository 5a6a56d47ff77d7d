package dev.drawbridge.history.blobs;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import com.github.benmanes.caffeine.cache.Ticker;
import dev.drawbridge.history.BlockKey;
import dev.drawbridge.history.Version;
import dev.drawbridge.history.VersionId;
import dev.drawbridge.history.VersionStore;
import dev.drawbridge.s3.S3Settings;
import dev.drawbridge.store.StorageKey;
import dev.drawbridge.store.StoreException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Versions in files or in a bucket; any number of nodes may share it. {@link Keys} says what is where.
 *
 * <p>A version is there with its description, which is written after its block and removed before it. Descriptions are
 * changed one after the other: in a bucket under the condition that they are as they were, in files under a lock. So what
 * is removed does not come back by a change of its name.
 */
public final class BlobVersionStore implements VersionStore {
    private static final Logger log = LoggerFactory.getLogger(BlobVersionStore.class);
    private static final Duration USAGE_HOLDS = Duration.ofMinutes(5);

    /** Nobody writes a larger one. */
    private static final int LARGEST_BLOCK = 1 << 30;

    private final BlobStore blobs;
    private final Infos infos;

    /** Only the first who asks waits for it. */
    private final LoadingCache<String, Usage> usage;

    BlobVersionStore(BlobStore blobs, Ticker ticker) {
        this.blobs = blobs;
        this.infos = new Infos(blobs);
        this.usage = Caffeine.newBuilder()
                .refreshAfterWrite(USAGE_HOLDS)
                .ticker(ticker)
                .executor(Thread::startVirtualThread)
                .build(this::count);
    }

    /**
     * Opens a folder, for which several nodes need a file system that has atomic renames and locks, as assets do. It may be
     * the folder of the assets: their names are others.
     *
     * @param directory made when it is missing
     * @throws dev.drawbridge.history.VersionStoreException when it cannot be used
     */
    public static BlobVersionStore inFiles(Path directory) {
        return new BlobVersionStore(FileBlobs.open(directory), Ticker.systemTicker());
    }

    /**
     * Opens a bucket. It may be that of the assets, with the same prefix: their keys are others. Where S3 is away it is
     * opened all the same, and works as soon as that is back.
     *
     * @throws dev.drawbridge.s3.UnusableBucketException when waiting would not help
     */
    public static BlobVersionStore inS3(S3Settings settings) {
        return new BlobVersionStore(S3Blobs.open(settings), Ticker.systemTicker());
    }

    @Override
    public List<String> rooms(Optional<String> after, int limit) {
        List<String> rooms = new ArrayList<>();
        String last = after.map(id -> RoomFolder.of(id).name()).orElse("");
        while (rooms.size() < limit) {
            int wanted = limit - rooms.size();
            List<String> folders = blobs.folders(Keys.ALL, last, wanted);
            folders.forEach(folder -> roomOf(folder).ifPresent(rooms::add));
            if (folders.size() < wanted) {
                break;
            }
            last = folders.getLast();
        }
        return rooms;
    }

    /** Empty for a folder that is nobody's. */
    private Optional<String> roomOf(String folder) {
        Optional<String> id = RoomFolder.idOf(folder);
        if (id.isPresent()) {
            return id;
        }
        try {
            return blobs.get(Keys.idIn(folder), LARGEST_BLOCK)
                    .map(content -> StorageKey.toId(new String(content, StandardCharsets.UTF_8)))
                    .filter(written -> RoomFolder.of(written).name().equals(folder));
        } catch (DamagedBlobException | StoreException e) {
            log.warn("a room with versions is left out: {}", e.getMessage());
            return Optional.empty();
        }
    }

    @Override
    public List<Version> versions(String roomId, Optional<VersionId> before, int limit) {
        List<Listing.Described> newestFirst = listed(roomId, before).reversed();
        List<Version> found = new ArrayList<>();
        int next = 0;
        while (found.size() < limit && next < newestFirst.size()) {
            int end = Math.min(newestFirst.size(), next + limit - found.size());
            found.addAll(infos.read(newestFirst.subList(next, end)));
            next = end;
        }
        return found;
    }

    /** Those that have a block. */
    private List<Listing.Described> listed(String roomId, Optional<VersionId> before) {
        Keys keys = Keys.of(roomId);
        Listing listing = Listing.of(blobs, keys.room(), before);
        Set<VersionId> withBlock = listing.withBlock();
        return listing.infos().stream()
                .filter(info -> withBlock.contains(info.version()) || hasBlock(keys, info.version()))
                .toList();
    }

    /** Looks again: one block may have been put and another one removed while the list was read. */
    private boolean hasBlock(Keys keys, VersionId id) {
        return !Listing.of(blobs, keys.of(id), Optional.empty()).blocks().isEmpty();
    }

    @Override
    public Optional<Version> version(String roomId, VersionId id) {
        Listing listing = Listing.of(blobs, Keys.of(roomId).of(id), Optional.empty());
        return listing.blocks().isEmpty()
                ? Optional.empty()
                : listing.infos().stream().findFirst().flatMap(infos::require);
    }

    /** Those that are damaged too: nobody reads them for this, and nobody shall remove what they need. */
    @Override
    public List<VersionId> ids(String roomId) {
        return listed(roomId, Optional.empty()).stream()
                .map(Listing.Described::version)
                .toList();
    }

    @Override
    public List<Block> blocks(String roomId) {
        return Listing.of(blobs, Keys.of(roomId).room(), Optional.empty()).blocks();
    }

    @Override
    public Optional<byte[]> block(String roomId, BlockKey key) {
        return blobs.get(Keys.of(roomId).block(key), LARGEST_BLOCK);
    }

    @Override
    public void add(String roomId, Version version, BlockKey key, byte[] block) {
        if (!key.version().equals(version.id())) {
            throw new IllegalArgumentException("the block of another version");
        }
        Keys keys = Keys.of(roomId);
        putBlock(roomId, key, block);
        blobs.create(keys.info(version.id()), Infos.encode(version));
        // Whoever has removed the room in between, or what seemed to be nobody's, has not seen the version.
        if (!blobs.has(keys.block(key))) {
            putBlock(roomId, key, block);
        }
    }

    @Override
    public boolean update(String roomId, Version version) {
        return blobs.replace(Keys.of(roomId).info(version.id()), Infos.encode(version));
    }

    @Override
    public boolean remove(String roomId, VersionId id) {
        return blobs.delete(Keys.of(roomId).info(id));
    }

    @Override
    public void putBlock(String roomId, BlockKey key, byte[] block) {
        Keys keys = Keys.of(roomId);
        keys.id().ifPresent(id -> blobs.put(id, StorageKey.of(roomId).getBytes(StandardCharsets.UTF_8)));
        blobs.put(keys.block(key), block);
    }

    @Override
    public void removeBlock(String roomId, BlockKey key) {
        Keys keys = Keys.of(roomId);
        blobs.delete(List.of(keys.block(key)));
        keys.id().ifPresent(id -> removeAlone(keys, id));
    }

    /** Removes the id of a room of which there is nothing else. */
    private void removeAlone(Keys keys, String id) {
        List<String> left = new ArrayList<>();
        blobs.list(keys.room(), item -> left.add(item.key()) && left.size() < 2);
        if (left.equals(List.of(id))) {
            blobs.delete(left);
        }
    }

    @Override
    public void removeRoom(String roomId) {
        List<String> all = new ArrayList<>();
        blobs.list(Keys.of(roomId).room(), item -> all.add(item.key()));
        var parts = all.stream()
                .collect(Collectors.partitioningBy(key -> Keys.versionOf(key).isPresent()));
        blobs.delete(parts.getOrDefault(true, List.of()));
        blobs.delete(parts.getOrDefault(false, List.of()));
    }

    @Override
    public Usage usage(String roomId) {
        Listing listing = Listing.of(blobs, Keys.of(roomId).room(), Optional.empty());
        return new Usage(listing.infos().size(), listing.bytes());
    }

    /** Counted at first, then again every few minutes, while the last count is the answer. */
    @Override
    public Usage usage() {
        return usage.get(Keys.ALL);
    }

    private Usage count(String prefix) {
        long[] sums = new long[2];
        blobs.list(prefix, item -> {
            if (Keys.versionOf(item.key()).isPresent()) {
                sums[0]++;
            } else if (Keys.blockOf(item.key()).isPresent()) {
                sums[1] += item.size();
            }
            return true;
        });
        return new Usage(sums[0], sums[1]);
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

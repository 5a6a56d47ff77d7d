package dev.drawbridge.assets.s3;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.drawbridge.assets.Asset;
import dev.drawbridge.assets.AssetPage;
import dev.drawbridge.assets.AssetStore;
import dev.drawbridge.assets.AssetStoreException;
import dev.drawbridge.assets.AssetUsage;
import dev.drawbridge.assets.ByteRange;
import dev.drawbridge.assets.IncomingContent;
import dev.drawbridge.assets.NewAsset;
import dev.drawbridge.assets.NoSpaceException;
import dev.drawbridge.assets.PutResult;
import dev.drawbridge.assets.Variant;
import dev.drawbridge.s3.Bucket;
import dev.drawbridge.s3.Contention;
import dev.drawbridge.s3.DamagedObjectException;
import dev.drawbridge.s3.Failures;
import dev.drawbridge.s3.Fitness;
import dev.drawbridge.s3.NoSpaceInBucketException;
import dev.drawbridge.s3.S3Exception;
import dev.drawbridge.s3.S3Settings;
import dev.drawbridge.s3.UnusableBucketException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps assets in a bucket of S3, or of what is compatible with it and writes under conditions. What a put has answered
 * survives what the bucket survives. Any number of nodes may share it.
 *
 * <pre>
 * objects/ab12…/asset.json             what an id is, and where its content is; named after the SHA-256 of the id
 * objects/ab12…/&lt;place&gt;/content        what was uploaded
 * objects/ab12…/&lt;place&gt;/variant.…      what was made of it
 * rooms/cd34…/ab12….&lt;place&gt;.&lt;size&gt;    which assets a room has; named after the SHA-256 of the room's id
 * unfinished/&lt;place&gt;.…                what is under way
 * collected                            when unused assets were looked for last
 * </pre>
 */
public final class S3AssetStore implements AssetStore {
    private static final Logger log = LoggerFactory.getLogger(S3AssetStore.class);
    private static final int REMEMBERED_PLACES = 20_000;

    private final Bucket bucket;
    private final Keys keys;
    private final InstantSource clock;
    private final Failures failures;
    private final Fitness fitness;
    private final Descriptions descriptions;
    private final Unfinished unfinished;
    private final RoomLists rooms;
    private final Putting putting;
    private final Removal removal;
    private final Variants variants;
    private final Tally tally;
    private final Spool.Folder spools;
    private final CleaningRounds rounds;

    /** A content never changes, so a place that is remembered is the right one, or an empty one. */
    private final Cache<ContentName, Place> places =
            Caffeine.newBuilder().maximumSize(REMEMBERED_PLACES).build();

    private record ContentName(String id, String sha256) {

        static ContentName of(Asset asset) {
            return new ContentName(asset.id(), asset.sha256());
        }
    }

    private S3AssetStore(
            Bucket bucket, S3Settings settings, Failures failures, Spool.Folder spools, InstantSource clock) {
        this.bucket = bucket;
        this.keys = new Keys(settings.prefix());
        this.clock = clock;
        this.failures = failures;
        this.fitness = new Fitness(bucket, keys.unfinished(), failures);
        this.descriptions = new Descriptions(bucket, keys, failures, fitness);
        this.unfinished = new Unfinished(bucket, keys, descriptions);
        this.rooms = new RoomLists(bucket, keys, descriptions);
        this.putting = new Putting(bucket, keys, descriptions, unfinished, failures, System::nanoTime);
        this.variants = new Variants(bucket, keys, descriptions, unfinished);
        this.removal = new Removal(bucket, keys, descriptions, unfinished, failures);
        this.tally = new Tally(() -> rooms.usageOf(""), System::nanoTime);
        this.spools = spools;
        this.rounds = new CleaningRounds(unfinished);
    }

    /**
     * Opens the store. Where S3 is away it is opened all the same, and works as soon as that is back.
     *
     * @param spoolDirectory where a content is until it is whole
     * @param spoolLimit the most bytes that are there at a time
     * @throws UnusableBucketException when waiting would not help
     */
    public static S3AssetStore open(S3Settings settings, Path spoolDirectory, long spoolLimit, InstantSource clock) {
        Failures failures = failuresOf(settings);
        return open(
                Bucket.open(settings, failures),
                settings,
                failures,
                new Spool.Folder(spoolDirectory, spoolLimit),
                clock);
    }

    static Failures failuresOf(S3Settings settings) {
        return new Failures("assets", settings);
    }

    static S3AssetStore open(
            Bucket bucket, S3Settings settings, Failures failures, Spool.Folder spools, InstantSource clock) {
        S3AssetStore store = new S3AssetStore(bucket, settings, failures, spools, clock);
        try {
            store.fitness.require();
        } catch (UnusableBucketException e) {
            store.close();
            throw e;
        } catch (S3Exception e) {
            log.warn("{}. Uploads work as soon as it can", e.getMessage());
        }
        store.rounds.start();
        return store;
    }

    @Override
    public PutResult put(NewAsset asset, InputStream content, long atMost) throws IOException {
        return inS3(() -> {
            IncomingContent incoming = new IncomingContent(content, asset.length(), atMost);
            try (Spool spool = Spool.of(incoming, spools)) {
                fitness.require();
                Instant now = now();
                PutResult result = putting.put(
                        new Asset(
                                asset.id(),
                                asset.room(),
                                asset.type(),
                                incoming.count(),
                                incoming.sha256Hex(),
                                now,
                                now),
                        spool);
                if (result instanceof PutResult.Stored(Asset stored)) {
                    tally.add(1, stored.size());
                }
                return result;
            }
        });
    }

    @Override
    public Optional<Asset> find(String id) {
        return inS3(() -> descriptions.findKept(Keys.of(id)).map(this::remembered));
    }

    private Asset remembered(Description.Kept kept) {
        places.put(ContentName.of(kept.asset()), kept.where());
        return kept.asset();
    }

    /** Looks again when nothing is where it was: it may have been deleted, and put once more. */
    @Override
    public Optional<InputStream> read(Asset asset, ByteRange range) {
        return inS3(() -> {
            Optional<Place> place = placeOf(asset);
            Optional<InputStream> content = place.flatMap(where -> open(keys.content(where), range));
            if (place.isEmpty() || content.isPresent()) {
                return content;
            }
            places.invalidate(ContentName.of(asset));
            Optional<Place> now = placeOf(asset);
            if (now.equals(place)) {
                throw failures.damaged(keys.content(place.get()));
            }
            return now.flatMap(where -> open(keys.content(where), range));
        });
    }

    private Optional<InputStream> open(String key, ByteRange range) {
        if (range.length() == 0) {
            return bucket.has(key) ? Optional.of(InputStream.nullInputStream()) : Optional.empty();
        }
        return bucket.open(key, range.from(), range.length());
    }

    private Optional<Place> placeOf(Asset asset) {
        return Optional.ofNullable(places.getIfPresent(ContentName.of(asset)))
                .or(() -> findAgain(asset).map(Description.Kept::where));
    }

    private Optional<Description.Kept> findAgain(Asset asset) {
        Optional<Description.Kept> kept = descriptions
                .findKept(Keys.of(asset.id()))
                .filter(there -> there.asset().sha256().equals(asset.sha256()));
        kept.ifPresent(this::remembered);
        return kept;
    }

    @Override
    public boolean touch(String id) {
        return inS3(() -> {
            fitness.require();
            String key = Keys.of(id);
            Contention contention = new Contention(key, failures);
            while (true) {
                Optional<Descriptions.Stored> stored =
                        descriptions.find(key).filter(each -> each.kept().isPresent());
                if (stored.isEmpty()) {
                    return false;
                }
                if (descriptions.touch(stored.get(), now()).isPresent()) {
                    return true;
                }
                contention.refused();
            }
        });
    }

    @Override
    public boolean delete(String id) {
        return inS3(() -> {
            fitness.require();
            String key = Keys.of(id);
            try {
                return gone(removal.delete(key, any -> true));
            } catch (DamagedObjectException e) {
                log.warn("deletes a damaged asset: {}", e.getMessage());
                return removal.deleteDamaged(key);
            }
        });
    }

    @Override
    public boolean deleteUntouched(String id, Instant since) {
        return inS3(() -> {
            fitness.require();
            return gone(removal.delete(Keys.of(id), asset -> asset.touched().isBefore(since)));
        });
    }

    private boolean gone(Optional<Asset> deleted) {
        deleted.ifPresent(asset -> {
            tally.add(-1, -asset.size());
            places.invalidate(ContentName.of(asset));
        });
        return deleted.isPresent();
    }

    @Override
    public AssetPage list(Optional<String> after, int limit) {
        return inS3(() -> page(rooms.list("", after, limit)));
    }

    @Override
    public AssetPage listOfRoom(String room, Optional<String> after, int limit) {
        return inS3(() -> page(rooms.list(Keys.folderOf(Optional.of(room)), after, limit)));
    }

    private AssetPage page(RoomLists.Some some) {
        return new AssetPage(some.assets().stream().map(this::remembered).toList(), some.next());
    }

    @Override
    public AssetUsage usage() {
        return inS3(() -> tally.usage());
    }

    @Override
    public AssetUsage usageOfRoom(String room) {
        return inS3(() -> rooms.usageOf(Keys.folderOf(Optional.of(room))));
    }

    @Override
    public boolean putVariant(Asset asset, Variant variant, byte[] content) {
        return inS3(() -> {
            if (content.length != variant.size()) {
                throw new IllegalArgumentException(content.length + " bytes, not " + variant.size());
            }
            return findAgain(asset)
                    .map(kept -> variants.put(kept.where(), variant, content))
                    .orElse(false);
        });
    }

    @Override
    public List<Variant> variants(Asset asset) {
        return inS3(() -> placeOf(asset).map(variants::of).orElseGet(List::of));
    }

    @Override
    public Optional<InputStream> readVariant(Asset asset, Variant variant, ByteRange range) {
        return inS3(() -> placeOf(asset).flatMap(place -> open(keys.variant(place, variant), range)));
    }

    @Override
    public Optional<Instant> lastCollected() {
        return inS3(() -> {
            try {
                return bucket.get(keys.collected())
                        .map(found -> Instant.parse(new String(found.content(), StandardCharsets.US_ASCII)));
            } catch (DateTimeParseException e) {
                return Optional.empty(); // one that cannot be told is none: then all assets are given more time
            }
        });
    }

    @Override
    public void collected(Instant begun) {
        inS3(() -> {
            bucket.put(keys.collected(), "text/plain", begun.toString().getBytes(StandardCharsets.US_ASCII));
            return begun;
        });
    }

    @Override
    public void ping() {
        inS3(() -> {
            fitness.require();
            return bucket.list(keys.unfinished(), "", 1);
        });
    }

    /** As is done from time to time, at once. */
    void clearUp(Duration ago) {
        unfinished.clearUp(ago);
    }

    @Override
    public void close() {
        rounds.stop();
        bucket.close();
    }

    /** Something that S3 may fail at. */
    @FunctionalInterface
    private interface S3Work<T, X extends Exception> {
        T run() throws X;
    }

    /** What S3 fails with, in the words of the contract. */
    private static <T, X extends Exception> T inS3(S3Work<T, X> work) throws X {
        try {
            return work.run();
        } catch (NoSpaceInBucketException e) {
            throw new NoSpaceException(e.getMessage(), e);
        } catch (S3Exception e) {
            throw new AssetStoreException(e.getMessage(), e);
        }
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}

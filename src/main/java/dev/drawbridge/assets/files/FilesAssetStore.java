package dev.drawbridge.assets.files;

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
import dev.drawbridge.files.Disk;
import dev.drawbridge.files.Workshop;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Keeps assets in a folder. A put is answered when all of it is on the disk: it survives a power cut. Several nodes may share
 * the folder, where it is on a file system that has atomic renames and locks.
 *
 * <pre>
 * objects/ab/ab12…/          one asset; named after the SHA-256 of its id
 *   asset.json               what it is; its time is when it was touched
 *   content.&lt;sha256&gt;         what was uploaded
 *   variant.&lt;sha256&gt;.…       what was made of it
 * rooms/cd34…/ab12….…        which assets a room has; named after the SHA-256 of the room's id
 * collected                  when unused assets were looked for last
 * tmp/…                      what is on its way in or out, by process
 * </pre>
 */
public final class FilesAssetStore implements AssetStore {
    private static final String COLLECTED = "collected";
    private static final int BUFFER_BYTES = 32 * 1024;
    private static final long CHECK_SPACE_EVERY = 1024 * 1024;

    private final Path directory;
    private final InstantSource clock;
    private final Space space;
    private final Shelf shelf;
    private final RoomIndex rooms;
    private final Workshop workshop;
    private final Tally tally;

    /** How much space there is. */
    @FunctionalInterface
    interface UsableSpace {
        long bytes() throws IOException;
    }

    /** @param keepFree so many bytes stay free: rooms are likely to be stored on the same disk */
    private record Space(UsableSpace usable, long keepFree) {

        void require(long bytes) throws IOException {
            long usableBytes = usable.bytes();
            if (usableBytes - bytes < keepFree) {
                throw new NoSpaceException("of the disk " + usableBytes + " bytes are left, of which " + keepFree
                        + " are kept free, and " + bytes + " are needed");
            }
        }
    }

    private FilesAssetStore(Path directory, InstantSource clock, Space space) throws IOException {
        this.directory = directory;
        this.clock = clock;
        this.space = space;
        Disk.makeFolder(directory.resolve("objects"));
        Disk.makeFolder(directory.resolve("rooms"));
        this.shelf = new Shelf(directory.resolve("objects"));
        this.rooms = new RoomIndex(directory.resolve("rooms"));
        this.workshop = Workshop.open(directory.resolve("tmp"));
        this.tally = new Tally(() -> rooms.usage(shelf), clock);
    }

    /**
     * Opens the store, and clears away what a process that is gone has left half done.
     *
     * @param directory made when it is missing
     * @param keepFree as soon as less than this would be free on the disk, in bytes, nothing more is taken in
     */
    public static FilesAssetStore open(Path directory, InstantSource clock, long keepFree) {
        return open(
                directory, clock, keepFree, () -> Files.getFileStore(directory).getUsableSpace());
    }

    static FilesAssetStore open(Path directory, InstantSource clock, long keepFree, UsableSpace usable) {
        try {
            return new FilesAssetStore(directory, clock, new Space(usable, keepFree));
        } catch (IOException e) {
            throw DiskFailure.of("the folder " + directory + " cannot be used", e);
        }
    }

    @Override
    public PutResult put(NewAsset asset, InputStream content, long atMost) throws IOException {
        IncomingContent incoming = new IncomingContent(content, asset.length(), atMost);
        Path place = workshop.newPlace();
        try {
            Path file = place.resolve("content");
            onDisk("no file can be made", () -> {
                space.require(asset.length().orElse(0));
                return Files.createDirectory(place);
            });
            takeIn(incoming, file);
            Instant now = now();
            Asset whole =
                    new Asset(asset.id(), asset.room(), asset.type(), incoming.count(), incoming.sha256Hex(), now, now);
            return onDisk("an asset cannot be kept", () -> {
                Disk.rename(file, Shelf.contentIn(place, whole.sha256()));
                Shelf.describe(place, whole);
                return add(place, whole);
            });
        } finally {
            workshop.clear(place);
        }
    }

    /** What reading fails with goes out as it is; what writing fails with is the store's own matter. */
    private void takeIn(IncomingContent incoming, Path file) throws IOException {
        byte[] buffer = new byte[BUFFER_BYTES];
        try (FileChannel channel = onDisk(
                "no file can be made",
                () -> FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE))) {
            long checkAt = CHECK_SPACE_EVERY;
            int read;
            while ((read = incoming.read(buffer, 0, buffer.length)) >= 0) {
                int bytes = read;
                boolean check = incoming.count() >= checkAt;
                onDisk("a file cannot be written", () -> {
                    if (check) {
                        space.require(bytes);
                    }
                    Disk.writeAll(channel, ByteBuffer.wrap(buffer, 0, bytes));
                    return bytes;
                });
                checkAt = check ? incoming.count() + CHECK_SPACE_EVERY : checkAt;
            }
            onDisk("a file cannot be written", () -> {
                channel.force(true);
                return channel;
            });
        }
    }

    /** Until it is either there or another one is: that one may go in the same moment. */
    private PutResult add(Path place, Asset asset) throws IOException {
        String key = Shelf.keyOf(asset.id());
        while (true) {
            Optional<Asset> there = shelf.find(key);
            if (there.isPresent()) {
                Asset other = there.get();
                if (!other.sha256().equals(asset.sha256())) {
                    return new PutResult.Different(other);
                }
                Instant now = now();
                if (shelf.touch(key, now)) {
                    return new PutResult.Same(touchedAt(other, now));
                }
            } else {
                rooms.add(asset);
                if (shelf.add(place, key)) {
                    rooms.add(asset); // for who removes the very same in this moment
                    tally.add(1, asset.size());
                    return new PutResult.Stored(asset);
                }
                removeEntry(asset); // somebody else was faster
            }
        }
    }

    /** Such that an asset that is put meanwhile has its entry, whichever of the two comes first. */
    private void removeEntry(Asset asset) throws IOException {
        rooms.remove(asset);
        Optional<Asset> there = shelf.findSound(Shelf.keyOf(asset.id()));
        if (there.isPresent() && RoomIndex.belongTogether(there.get(), asset)) {
            rooms.add(asset);
        }
    }

    @Override
    public Optional<Asset> find(String id) {
        return reading(() -> shelf.find(Shelf.keyOf(id)));
    }

    @Override
    public Optional<InputStream> read(Asset asset, ByteRange range) {
        return open(shelf.content(asset), range);
    }

    private Optional<InputStream> open(Path file, ByteRange range) {
        return reading(() -> {
            try {
                return Optional.of(new FilePart(file, range));
            } catch (NoSuchFileException e) {
                return Optional.empty();
            }
        });
    }

    @Override
    public boolean touch(String id) {
        return writing(() -> shelf.touch(Shelf.keyOf(id), now()));
    }

    @Override
    public boolean delete(String id) {
        return writing(() -> {
            Path place = workshop.newPlace();
            if (!shelf.take(Shelf.keyOf(id), place)) {
                return false;
            }
            gone(place);
            return true;
        });
    }

    /** It is looked at again when nobody can touch it any more, for it may have been touched in the last moment. */
    @Override
    public boolean deleteUntouched(String id, Instant since) {
        String key = Shelf.keyOf(id);
        return writing(() -> {
            Optional<Asset> there = shelf.find(key);
            if (there.isEmpty() || !there.get().touched().isBefore(since)) {
                return false;
            }
            Path place = workshop.newPlace();
            if (!shelf.take(key, place)) {
                return false;
            }
            boolean touched = Shelf.describedIn(place)
                    .filter(asset -> !asset.touched().isBefore(since))
                    .isPresent();
            if (touched && shelf.add(place, key)) {
                return false;
            }
            gone(place);
            return true;
        });
    }

    private void gone(Path place) throws IOException {
        Optional<Asset> asset;
        try {
            asset = Shelf.describedIn(place);
        } catch (AssetStoreException e) {
            asset = Optional.empty(); // a damaged one: nobody knows whose it was
        }
        if (asset.isPresent()) {
            removeEntry(asset.get());
            tally.add(-1, -asset.get().size());
        }
        workshop.clear(place);
    }

    @Override
    public AssetPage list(Optional<String> after, int limit) {
        return reading(() -> {
            List<Asset> found = new ArrayList<>();
            String last = after.orElse("");
            while (true) {
                List<String> keys = shelf.keysAfter(last, limit + 1);
                for (String key : keys) {
                    if (found.size() == limit) {
                        return new AssetPage(found, Optional.of(last));
                    }
                    shelf.findSound(key).ifPresent(found::add);
                    last = key;
                }
                if (keys.size() <= limit) {
                    return new AssetPage(found, Optional.empty());
                }
            }
        });
    }

    @Override
    public AssetPage listOfRoom(String room, Optional<String> after, int limit) {
        return reading(() -> {
            List<Asset> found = new ArrayList<>();
            String last = after.orElse("");
            for (RoomIndex.Entry entry : rooms.of(room)) {
                if (entry.name().compareTo(last) <= 0) {
                    continue;
                }
                if (found.size() == limit) {
                    return new AssetPage(found, Optional.of(last));
                }
                Optional<Asset> asset = shelf.has(entry) ? shelf.findSound(entry.key()) : Optional.empty();
                asset.filter(each -> each.room().equals(Optional.of(room))
                                && each.sha256().equals(entry.sha256()))
                        .ifPresent(found::add);
                last = entry.name();
            }
            return new AssetPage(found, Optional.empty());
        });
    }

    @Override
    public AssetUsage usage() {
        return reading(tally::usage);
    }

    @Override
    public AssetUsage usageOfRoom(String room) {
        return reading(() -> rooms.usageOf(room, shelf));
    }

    @Override
    public boolean putVariant(Asset asset, Variant variant, byte[] content) {
        if (content.length != variant.size()) {
            throw new IllegalArgumentException(content.length + " bytes, not " + variant.size());
        }
        Path place = workshop.newPlace();
        try {
            return writing(() -> {
                space.require(content.length);
                Disk.write(place, content);
                return shelf.addVariant(place, asset, variant);
            });
        } finally {
            workshop.clear(place);
        }
    }

    @Override
    public List<Variant> variants(Asset asset) {
        return reading(() -> shelf.variants(asset));
    }

    @Override
    public Optional<InputStream> readVariant(Asset asset, Variant variant, ByteRange range) {
        return open(shelf.variant(asset, variant), range);
    }

    @Override
    public Optional<Instant> lastCollected() {
        return reading(() -> {
            try {
                return Optional.of(Instant.parse(Files.readString(directory.resolve(COLLECTED))));
            } catch (NoSuchFileException | DateTimeParseException e) {
                return Optional.empty(); // one that cannot be told is none: then all assets are given more time
            }
        });
    }

    @Override
    public void collected(Instant begun) {
        writing(() -> {
            Path place = workshop.newPlace();
            Disk.write(place, begun.toString().getBytes(StandardCharsets.US_ASCII));
            Disk.rename(place, directory.resolve(COLLECTED));
            return place;
        });
    }

    @Override
    public void ping() {
        writing(() -> {
            Path place = workshop.newPlace();
            Files.createFile(place);
            workshop.clear(place);
            return place;
        });
    }

    @Override
    public void close() {
        workshop.close();
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    private static Asset touchedAt(Asset asset, Instant now) {
        return new Asset(asset.id(), asset.room(), asset.type(), asset.size(), asset.sha256(), asset.created(), now);
    }

    /** Something that the disk may fail at. */
    @FunctionalInterface
    private interface DiskWork<T> {
        T run() throws IOException;
    }

    private <T> T reading(DiskWork<T> work) {
        return onDisk("assets in " + directory + " cannot be read", work);
    }

    private <T> T writing(DiskWork<T> work) {
        return onDisk("assets in " + directory + " cannot be changed", work);
    }

    private static <T> T onDisk(String failure, DiskWork<T> work) {
        try {
            return work.run();
        } catch (IOException e) {
            throw DiskFailure.of(failure, e);
        }
    }
}

package dev.drawbridge.assets.files;

import dev.drawbridge.assets.Asset;
import dev.drawbridge.assets.AssetUsage;
import dev.drawbridge.files.Disk;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Which assets each room has: an empty file each, whose name says which asset and how large it is. It is made before its
 * asset and removed after it: no asset of a room is ever missing here, but there may be entries of assets that never came
 * or that have gone.
 */
final class RoomIndex {
    private static final String OF_NO_ROOM = "none";

    private final Path folder;

    RoomIndex(Path folder) {
        this.folder = folder;
    }

    /**
     * An entry.
     *
     * @param key of the asset
     */
    record Entry(String key, long size, String sha256) {

        static Optional<Entry> of(String name) {
            String[] parts = name.split("\\.", -1);
            try {
                return parts.length == 3
                        ? Optional.of(new Entry(parts[0], Long.parseLong(parts[1]), parts[2]))
                        : Optional.empty();
            } catch (NumberFormatException e) {
                return Optional.empty();
            }
        }

        static Entry of(Asset asset) {
            return new Entry(Shelf.keyOf(asset.id()), asset.size(), asset.sha256());
        }

        String name() {
            return key + "." + size + "." + sha256;
        }
    }

    void add(Asset asset) throws IOException {
        Path room = folderOf(asset.room());
        Disk.makeFolder(room);
        try {
            Files.createFile(room.resolve(Entry.of(asset).name()));
        } catch (FileAlreadyExistsException e) {
            return;
        }
        Disk.syncFolder(room);
    }

    void remove(Asset asset) throws IOException {
        Files.deleteIfExists(folderOf(asset.room()).resolve(Entry.of(asset).name()));
    }

    /** Whether two share one entry. */
    static boolean belongTogether(Asset one, Asset other) {
        return one.room().equals(other.room()) && Entry.of(one).equals(Entry.of(other));
    }

    /** What is said to be in a room, in the order of the keys. */
    List<Entry> of(String room) throws IOException {
        return entriesIn(folderOf(Optional.of(room)));
    }

    AssetUsage usageOf(String room, Shelf shelf) throws IOException {
        return usageIn(folderOf(Optional.of(room)), shelf);
    }

    AssetUsage usage(Shelf shelf) throws IOException {
        AssetUsage all = AssetUsage.NONE;
        for (String name : Disk.namesIn(folder)) {
            AssetUsage one = usageIn(folder.resolve(name), shelf);
            all = all.plus(one.count(), one.bytes());
        }
        return all;
    }

    private static AssetUsage usageIn(Path room, Shelf shelf) throws IOException {
        AssetUsage usage = AssetUsage.NONE;
        for (Entry entry : entriesIn(room)) {
            if (shelf.has(entry)) {
                usage = usage.plus(1, entry.size());
            }
        }
        return usage;
    }

    private static List<Entry> entriesIn(Path room) throws IOException {
        return Disk.namesIn(room).stream()
                .map(Entry::of)
                .flatMap(Optional::stream)
                .toList();
    }

    /** The id of a room may be {@code ..}, or differ from another in capitals only. */
    private Path folderOf(Optional<String> room) {
        return folder.resolve(room.map(Shelf::keyOf).orElse(OF_NO_ROOM));
    }
}

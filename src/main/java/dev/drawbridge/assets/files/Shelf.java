package dev.drawbridge.assets.files;

import dev.drawbridge.assets.Asset;
import dev.drawbridge.assets.AssetStoreException;
import dev.drawbridge.assets.MediaType;
import dev.drawbridge.assets.Variant;
import dev.drawbridge.files.Disk;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where assets stand: each in a folder of its own, which is named after the hash of its id and comes and goes as one. In it
 * are the content and its variants, named after the hash of the content, and the description.
 */
final class Shelf {
    private static final Logger log = LoggerFactory.getLogger(Shelf.class);

    private static final String DESCRIPTION = "asset.json";
    private static final String CONTENT = "content.";
    private static final String VARIANT = "variant.";

    /** What the folders are spread by: a folder with very many entries is slow on some file systems. */
    private static final int SHARD_LENGTH = 2;

    private static final int LOOKS = 20;

    private final Path folder;

    Shelf(Path folder) {
        this.folder = folder;
    }

    /** Ids are any text, and longer than what file systems take. */
    static String keyOf(String id) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(id.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    static Path contentIn(Path place, String sha256) {
        return place.resolve(CONTENT + sha256);
    }

    Path content(Asset asset) {
        return contentIn(placeOf(keyOf(asset.id())), asset.sha256());
    }

    private Path placeOf(String key) {
        return folder.resolve(key.substring(0, SHARD_LENGTH)).resolve(key);
    }

    boolean has(RoomIndex.Entry entry) {
        return entry.key().length() > SHARD_LENGTH && Files.exists(contentIn(placeOf(entry.key()), entry.sha256()));
    }

    /** Describes what is in a place, and syncs all of it but its content. */
    static void describe(Path place, Asset asset) throws IOException {
        Path description = place.resolve(DESCRIPTION);
        Disk.write(description, Description.encode(asset));
        touch(description, asset.touched());
        Disk.syncFolder(place);
    }

    /** Puts a place that is complete onto the shelf; no when there is one of this key already. */
    boolean add(Path place, String key) throws IOException {
        Path to = placeOf(key);
        Path shard = folder.resolve(key.substring(0, SHARD_LENGTH));
        Disk.makeFolder(shard);
        try {
            Disk.rename(place, to); // a folder that has something in it is never replaced
        } catch (FileSystemException e) {
            if (Files.exists(to)) {
                return false;
            }
            throw e;
        }
        Disk.syncFolder(shard);
        return true;
    }

    /** Takes an asset off the shelf; no when it is not there. */
    boolean take(String key, Path to) throws IOException {
        Path from = placeOf(key);
        try {
            Disk.rename(from, to);
        } catch (NoSuchFileException e) {
            return false;
        }
        Disk.syncFolder(folder.resolve(key.substring(0, SHARD_LENGTH)));
        return true;
    }

    /**
     * The asset of a key.
     *
     * @throws AssetStoreException when its description is damaged
     */
    Optional<Asset> find(String key) throws IOException {
        return describedIn(placeOf(key));
    }

    /** Between two looks another asset may have come into the place: the second one may find what the first has not. */
    static Optional<Asset> describedIn(Path place) throws IOException {
        Path description = place.resolve(DESCRIPTION);
        for (int look = 0; look < LOOKS; look++) {
            try {
                byte[] content = Files.readAllBytes(description);
                // Last: a time that is too young keeps an asset from being deleted for its age, the other way deletes
                // it.
                Instant touched =
                        Files.getLastModifiedTime(description).toInstant().truncatedTo(ChronoUnit.MILLIS);
                return Optional.of(Description.decode(content, touched)
                        .orElseThrow(() -> new AssetStoreException(description + " is damaged")));
            } catch (NoSuchFileException e) {
                if (!Files.exists(place)) {
                    return Optional.empty();
                }
            }
        }
        throw new AssetStoreException(description + " is missing");
    }

    /** As {@link #find}; empty, too, when it is damaged, which is said in the log. */
    Optional<Asset> findSound(String key) throws IOException {
        try {
            return find(key);
        } catch (AssetStoreException e) {
            log.error("an asset cannot be read: {}", e.getMessage());
            return Optional.empty();
        }
    }

    /** No when it is not there. */
    boolean touch(String key, Instant now) throws IOException {
        try {
            touch(placeOf(key).resolve(DESCRIPTION), now);
            return true;
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    private static void touch(Path description, Instant now) throws IOException {
        Files.setLastModifiedTime(description, FileTime.from(now));
    }

    /** The keys after one, in order, as many as there are or a few more than wanted. */
    List<String> keysAfter(String after, int wanted) throws IOException {
        List<String> keys = new ArrayList<>();
        String firstShard = after.substring(0, Math.min(SHARD_LENGTH, after.length()));
        for (String shard : Disk.namesIn(folder)) {
            if (keys.size() >= wanted) {
                break;
            }
            if (shard.length() == SHARD_LENGTH && shard.compareTo(firstShard) >= 0) {
                Disk.namesIn(folder.resolve(shard)).stream()
                        .filter(key -> key.compareTo(after) > 0 && key.startsWith(shard))
                        .forEach(keys::add);
            }
        }
        return keys;
    }

    /** Puts a variant beside its content; no when that is not there. */
    boolean addVariant(Path file, Asset asset, Variant variant) throws IOException {
        Path place = placeOf(keyOf(asset.id()));
        if (!Files.exists(contentIn(place, asset.sha256()))) {
            return false;
        }
        try {
            Disk.rename(file, variantIn(place, asset, variant));
            for (Variant other : variants(asset)) {
                if (other.name().equals(variant.name()) && !other.type().equals(variant.type())) {
                    Files.deleteIfExists(variantIn(place, asset, other));
                }
            }
            Disk.syncFolder(place);
            return true;
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    List<Variant> variants(Asset asset) throws IOException {
        Path place = placeOf(keyOf(asset.id()));
        String prefix = VARIANT + asset.sha256() + ".";
        List<Variant> variants = new ArrayList<>();
        for (String name : Disk.namesIn(place)) {
            int dot = name.indexOf('.', prefix.length());
            if (name.startsWith(prefix) && dot > 0) {
                try {
                    variants.add(new Variant(
                            name.substring(prefix.length(), dot),
                            new MediaType(name.substring(dot + 1).replaceFirst("_", "/")),
                            Files.size(place.resolve(name))));
                } catch (NoSuchFileException e) {
                    // gone meanwhile
                }
            }
        }
        return variants;
    }

    Path variant(Asset asset, Variant variant) {
        return variantIn(placeOf(keyOf(asset.id())), asset, variant);
    }

    private static Path variantIn(Path place, Asset asset, Variant variant) {
        return place.resolve(VARIANT + asset.sha256() + "." + variant.name() + "."
                + variant.type().name().replaceFirst("/", "_"));
    }
}

package dev.drawbridge.history.blobs;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.drawbridge.history.Version;
import dev.drawbridge.history.VersionInfo;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads descriptions of versions, and remembers some of them for as long as they are as they were. */
final class Infos {
    private static final Logger log = LoggerFactory.getLogger(Infos.class);

    /** As JSON; as objects they take a few times as much. */
    private static final long REMEMBERED_BYTES = 4L << 20;

    private static final int OF_ITSELF = 300;

    /** Those of a hundred people with the longest names are far below that. */
    private static final int LARGEST = 1 << 20;

    private final BlobStore blobs;

    /** What is damaged is remembered too, so that it is complained of once. */
    private final Cache<Seen, Optional<Version>> seen = Caffeine.newBuilder()
            .maximumWeight(REMEMBERED_BYTES)
            .weigher((Seen at, Optional<Version> version) -> at.bytes() + OF_ITSELF)
            .build();

    private record Seen(String key, String tag, int bytes) {}

    Infos(BlobStore blobs) {
        this.blobs = blobs;
    }

    /** Those that can be read, and are still there. */
    List<Version> read(List<Listing.Described> wanted) {
        return blobs.atOnce(wanted, this::read).stream()
                .flatMap(Optional::stream)
                .toList();
    }

    /** Empty when it is damaged, or gone meanwhile. */
    private Optional<Version> read(Listing.Described info) {
        BlobStore.Item item = info.item();
        Seen at = new Seen(item.key(), item.tag(), (int) Math.min(item.size(), LARGEST));
        Optional<Version> known = seen.getIfPresent(at);
        if (known != null) {
            return known;
        }
        try {
            Optional<byte[]> content = blobs.get(item.key(), LARGEST);
            if (content.isEmpty()) {
                return Optional.empty();
            }
            Version version = decode(info, content.get());
            seen.put(at, Optional.of(version));
            return Optional.of(version);
        } catch (DamagedBlobException e) {
            log.error("a version is left out of lists: {}", e.getMessage());
            seen.put(at, Optional.empty());
            return Optional.empty();
        }
    }

    /**
     * The description that is there; empty when there is none any more.
     *
     * @throws DamagedBlobException when it cannot be read
     */
    Optional<Version> require(Listing.Described info) {
        return blobs.get(info.item().key(), LARGEST).map(content -> decode(info, content));
    }

    private static Version decode(Listing.Described info, byte[] content) {
        return VersionInfo.read(new String(content, StandardCharsets.UTF_8))
                .filter(version -> version.id().equals(info.version()))
                .orElseThrow(() -> new DamagedBlobException(info.item().key() + " is damaged"));
    }

    static byte[] encode(Version version) {
        return VersionInfo.write(version).getBytes(StandardCharsets.UTF_8);
    }
}

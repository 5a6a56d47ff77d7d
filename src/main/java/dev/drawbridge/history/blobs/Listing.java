package dev.drawbridge.history.blobs;

import dev.drawbridge.history.BlockKey;
import dev.drawbridge.history.VersionId;
import dev.drawbridge.history.VersionStore.Block;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What there is of a room, or of one of its versions, as far as names tell it.
 *
 * @param infos the descriptions, the oldest first
 * @param blocks the blocks, in the order of their versions
 */
record Listing(List<Described> infos, List<Block> blocks) {

    /** A description that nobody has read yet. */
    record Described(VersionId version, BlobStore.Item item) {}

    /** @param before only what there is of versions that were made before this one */
    static Listing of(BlobStore blobs, String prefix, Optional<VersionId> before) {
        Listing listing = new Listing(new ArrayList<>(), new ArrayList<>());
        blobs.list(prefix, item -> listing.take(item, before));
        return listing;
    }

    private boolean take(BlobStore.Item item, Optional<VersionId> before) {
        Optional<VersionId> version = Keys.versionOf(item.key());
        Optional<BlockKey> block = Keys.blockOf(item.key());
        Optional<VersionId> concerned = version.or(() -> block.map(BlockKey::version));
        if (concerned.isPresent() && before.isPresent() && concerned.get().compareTo(before.get()) >= 0) {
            return false;
        }
        version.ifPresent(id -> infos.add(new Described(id, item)));
        block.ifPresent(key -> blocks.add(new Block(key, item.size())));
        return true;
    }

    Set<VersionId> withBlock() {
        Set<VersionId> versions = new HashSet<>();
        blocks.forEach(block -> versions.add(block.key().version()));
        return versions;
    }

    long bytes() {
        return blocks.stream().mapToLong(Block::size).sum();
    }
}

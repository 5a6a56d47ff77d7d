package dev.drawbridge.history;

import dev.drawbridge.history.chain.BlockFormat;
import dev.drawbridge.history.chain.Difference;
import dev.drawbridge.history.chain.Manifest;
import dev.drawbridge.room.RoomSnapshot;
import java.util.Optional;

/**
 * The content of a version as it is written: as a difference where that pays, else whole.
 *
 * @param asBase what the version is for the next one
 */
record NewBlock(BlockKey key, byte[] bytes, Base asBase) {
    /** So many blocks are read for a version at most, when it is written: to read one from a bucket takes its time. */
    static final int LONGEST_CHAIN = 64;

    /**
     * Writes a version. It is whole when nothing is there that it could differ from, when it differs in more than half of
     * it, and when too much would have to be read for it: too many blocks, or more than twice of what a whole one has.
     */
    static NewBlock of(VersionId id, RoomSnapshot content, Manifest manifest, Optional<Base> base) {
        if (base.isPresent() && base.get().blocks() < LONGEST_CHAIN) {
            Base from = base.get();
            Difference difference = manifest.since(from.manifest(), content.documents());
            if (difference.bytes() <= content.size().bytes() / 2) {
                byte[] bytes = BlockFormat.write(difference);
                long differences = from.differenceBytes() + bytes.length;
                if (differences <= from.wholeBytes()) {
                    return new NewBlock(
                            new BlockKey(id, Optional.of(from.id())),
                            bytes,
                            new Base(id, manifest, from.blocks() + 1, from.wholeBytes(), differences));
                }
            }
        }
        byte[] whole = BlockFormat.write(Difference.whole(content.schema(), content.documents()));
        return new NewBlock(new BlockKey(id, Optional.empty()), whole, new Base(id, manifest, 1, whole.length, 0));
    }
}

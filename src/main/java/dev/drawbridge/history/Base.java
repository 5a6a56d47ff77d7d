package dev.drawbridge.history;

import dev.drawbridge.history.chain.Manifest;
import java.util.List;

/**
 * A version from which another one may be written as a difference.
 *
 * @param blocks how many blocks have to be read for it
 * @param wholeBytes the size of the whole one among them
 * @param differenceBytes the size of all others
 */
record Base(VersionId id, Manifest manifest, int blocks, long wholeBytes, long differenceBytes) {

    /** A version that is read by these blocks. */
    static Base of(VersionId id, Manifest manifest, List<VersionStore.Block> way) {
        long whole = way.getFirst().size();
        long all = way.stream().mapToLong(VersionStore.Block::size).sum();
        return new Base(id, manifest, way.size(), whole, all - whole);
    }
}

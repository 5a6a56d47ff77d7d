package dev.drawbridge.assets.files;

import dev.drawbridge.assets.AssetStoreException;
import dev.drawbridge.assets.NoSpaceException;
import dev.drawbridge.files.Disk;
import java.io.IOException;

/** A failure of the disk, in the words of the contract. */
final class DiskFailure {

    private DiskFailure() {}

    static AssetStoreException of(String doing, IOException failure) {
        return Disk.isFull(failure)
                ? new NoSpaceException(doing + ": " + failure.getMessage(), failure)
                : new AssetStoreException(doing + ": " + failure, failure);
    }
}

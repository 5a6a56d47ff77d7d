package dev.drawbridge.history.blobs;

import dev.drawbridge.history.VersionStore;
import dev.drawbridge.history.VersionStoreContract;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** Versions in files. */
class FileVersionStoreTest extends VersionStoreContract {
    @TempDir
    Path folder;

    @Override
    protected VersionStore openStore() {
        return BlobVersionStore.inFiles(folder);
    }
}

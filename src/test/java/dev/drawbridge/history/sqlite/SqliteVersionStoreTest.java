package dev.drawbridge.history.sqlite;

import dev.drawbridge.history.VersionStore;
import dev.drawbridge.history.VersionStoreContract;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** Versions in a SQLite file. */
class SqliteVersionStoreTest extends VersionStoreContract {
    @TempDir
    private Path folder;

    @Override
    protected VersionStore openStore() {
        return SqliteVersionStore.open(folder.resolve("rooms.versions.db"));
    }
}

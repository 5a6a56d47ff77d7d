package dev.drawbridge.history.sqlite;

import dev.drawbridge.history.VersionStore;
import dev.drawbridge.history.VersionsProperties;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Versions in SQLite")
class SqliteVersionsPropertiesTest extends VersionsProperties {
    @TempDir
    Path folder;

    @Override
    protected VersionStore empty() throws IOException {
        return SqliteVersionStore.open(
                Files.createTempDirectory(folder, "versions").resolve("rooms.versions.db"));
    }
}

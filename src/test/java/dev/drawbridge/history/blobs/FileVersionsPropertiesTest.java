package dev.drawbridge.history.blobs;

import dev.drawbridge.history.VersionStore;
import dev.drawbridge.history.VersionsProperties;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Versions in files")
class FileVersionsPropertiesTest extends VersionsProperties {
    @TempDir
    Path folder;

    @Override
    protected VersionStore empty() throws IOException {
        return BlobVersionStore.inFiles(Files.createTempDirectory(folder, "versions"));
    }
}

package dev.drawbridge.schema;

import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("The vectors for single migrations up")
class MigrateUpVectorsTest {

    static Stream<VectorFile> files() {
        return VectorFile.in("migrate-up");
    }

    @ParameterizedTest
    @MethodSource("files")
    @DisplayName("a record is migrated up as by the packages")
    void migrate(VectorFile file) {
        new SingleMigrations().check(file, Migration.OnRecord::migrateUp);
    }
}

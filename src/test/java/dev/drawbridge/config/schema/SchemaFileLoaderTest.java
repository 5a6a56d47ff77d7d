package dev.drawbridge.config.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drawbridge.config.SettingException;
import dev.drawbridge.schema.file.SchemaFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The schema files that the settings name")
class SchemaFileLoaderTest {
    @TempDir
    Path folder;

    @BeforeEach
    void write() throws IOException {
        Files.writeString(folder.resolve("b.json"), "{\"version\":1}");
        Files.writeString(folder.resolve("a.json"), "{\"version\":1}");
        Files.writeString(folder.resolve("c.txt"), "{");
    }

    private static List<String> names(String... patterns) {
        return new SchemaFileLoader(List.of(patterns))
                .load().stream().map(SchemaFile::name).toList();
    }

    @Test
    @DisplayName("are found by path and by pattern, in the order of their names, and each once")
    void found() {
        assertThat(names()).isEmpty();
        assertThat(names(folder + "/b.json")).containsExactly("b.json");
        assertThat(names("file:" + folder + "/*.json")).containsExactly("a.json", "b.json");
        assertThat(names(folder + "/*.json", folder + "/a.json")).containsExactly("a.json", "b.json");
    }

    @Test
    @DisplayName("are read anew each time")
    void anew() throws IOException {
        SchemaFileLoader loader = new SchemaFileLoader(List.of(folder + "/*.json"));
        assertThat(loader.load()).hasSize(2);
        Files.writeString(folder.resolve("d.json"), "{\"version\":1}");
        assertThat(loader.load()).hasSize(3);
    }

    @Test
    @DisplayName("have to be there, and to be JSON")
    void missing() {
        for (String pattern : List.of("/none.json", "/none/*.json", "")) {
            assertThatThrownBy(() -> names(folder + pattern))
                    .isInstanceOf(SettingException.class)
                    .hasMessageStartingWith("drawbridge.schema.files = ")
                    .hasMessageEndingWith("names no file that can be read");
        }
        assertThatThrownBy(() -> names("classpath:none/*.json")).isInstanceOf(SettingException.class);
        assertThatThrownBy(() -> names(folder + "/c.txt"))
                .isInstanceOf(SettingException.class)
                .hasMessageContaining("c.txt is not JSON at line 1");
    }

    @Test
    @DisplayName("that bear the same name are told apart in messages by where they are")
    void namesakes() throws IOException {
        Path other = Files.createDirectory(folder.resolve("other"));
        Files.writeString(other.resolve("a.json"), "{\"version\":1}");
        assertThat(names(folder + "/a.json", folder + "/b.json", other + "/a.json"))
                .satisfiesExactly(
                        name -> assertThat(name).endsWith("/a.json").doesNotEndWith("/other/a.json"),
                        name -> assertThat(name).isEqualTo("b.json"),
                        name -> assertThat(name).endsWith("/other/a.json"));
    }
}

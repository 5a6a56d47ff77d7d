package dev.drawbridge.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The packaged jar")
class PackagedJarIT {
    private static final long LARGEST = 89_000_000;

    @TempDir
    static Path folder;

    private static Path jar = Path.of("target");

    @BeforeAll
    static void find() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("target"))) {
            jar = files.filter(file -> file.getFileName().toString().matches("drawbridge-.*\\.jar"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    @Test
    @DisplayName("does not grow unnoticed")
    void size() throws IOException {
        assertThat(Files.size(jar)).isLessThan(LARGEST);
    }

    @Test
    @DisplayName("keeps libraries as Spring Boot's loader needs them: uncompressed, each once")
    void stored() throws IOException {
        try (JarFile file = new JarFile(jar.toFile())) {
            List<ZipEntry> libraries = file.stream()
                    .<ZipEntry>map(entry -> entry)
                    .filter(entry -> entry.getName().matches("BOOT-INF/lib/.*\\.jar"))
                    .toList();
            assertThat(libraries).hasSizeGreaterThan(2).allMatch(entry -> entry.getMethod() == ZipEntry.STORED);
            assertThat(libraries).extracting(ZipEntry::getName).doesNotHaveDuplicates();
        }
    }

    @Test
    @DisplayName("has SQLite for 64-bit Linux, macOS and Windows, and for nothing else")
    void sqlite() throws IOException {
        try (JarFile library = new JarFile(library("sqlite-jdbc").toFile())) {
            Predicate<String> isNative = name -> name.matches("org/sqlite/native/.*\\.(so|dylib|dll)");
            assertThat(library.stream().map(ZipEntry::getName).filter(isNative))
                    .extracting(name -> name.replaceFirst("org/sqlite/native/(.*)/.*", "$1"))
                    .containsExactlyInAnyOrder(
                            "Linux/aarch64",
                            "Linux/x86_64",
                            "Linux-Musl/aarch64",
                            "Linux-Musl/x86_64",
                            "Mac/aarch64",
                            "Mac/x86_64",
                            "Windows/aarch64",
                            "Windows/x86_64");
        }
    }

    @Test
    @DisplayName("has of ICU what host names need")
    void hostNames() throws Exception {
        URL[] icu = {library("icu4j").toUri().toURL()};
        try (URLClassLoader alone = new URLClassLoader(icu, ClassLoader.getPlatformClassLoader())) {
            Class<?> idna = alone.loadClass("com.ibm.icu.text.IDNA");
            Class<?> info = alone.loadClass("com.ibm.icu.text.IDNA$Info");
            Object uts46 = idna.getMethod("getUTS46Instance", int.class)
                    .invoke(
                            null,
                            idna.getField("CHECK_CONTEXTJ").getInt(null)
                                    | idna.getField("CHECK_BIDI").getInt(null)
                                    | idna.getField("NONTRANSITIONAL_TO_ASCII").getInt(null));
            StringBuilder ascii = new StringBuilder();
            idna.getMethod("nameToASCII", CharSequence.class, StringBuilder.class, info)
                    .invoke(
                            uts46,
                            "B\u00dcCHER.\u05d0\u05d1",
                            ascii,
                            info.getConstructor().newInstance());
            assertThat(ascii).hasToString("xn--bcher-kva.xn--4dbc");
        }
    }

    private static Path library(String name) throws IOException {
        Path copy = folder.resolve(name + ".jar");
        try (JarFile file = new JarFile(jar.toFile())) {
            ZipEntry entry = file.stream()
                    .filter(each -> each.getName().startsWith("BOOT-INF/lib/" + name + "-"))
                    .findFirst()
                    .orElseThrow();
            try (InputStream in = file.getInputStream(entry)) {
                Files.copy(in, copy);
            }
        }
        return copy;
    }
}

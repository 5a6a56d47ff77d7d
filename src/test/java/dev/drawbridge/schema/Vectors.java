package dev.drawbridge.schema;

import dev.drawbridge.json.Json;
import dev.drawbridge.json.JsonException;
import dev.drawbridge.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/**
 * Test vectors made by running the npm packages. They come from the class path ({@code schema/vectors}), or from the
 * folder that the system property {@code schema.vectors} names: the same layout, files plain or gzip compressed.
 */
public final class Vectors {

    private static final String JSON = ".json";
    private static final String GZIP = ".gz";

    private Vectors() {}

    /** The names of the files in a folder, in order, without {@code .json} or {@code .json.gz}. */
    public static List<String> files(String folder) {
        try (Stream<Path> files = Files.list(root().resolve(folder))) {
            List<String> names = files.map(
                            file -> withoutSuffix(file.getFileName().toString(), GZIP))
                    .filter(name -> name.endsWith(JSON))
                    .map(name -> withoutSuffix(name, JSON))
                    .sorted()
                    .distinct()
                    .toList();
            if (names.isEmpty()) {
                throw new IllegalStateException("no vectors in " + folder);
            }
            return names;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The content of a file; the name is one that {@link #files} gives, the suffix may be there or not. */
    public static JsonObject load(String folder, String file) {
        Path stem = root().resolve(folder);
        String name = withoutSuffix(withoutSuffix(file, GZIP), JSON) + JSON;
        Path plain = stem.resolve(name);
        try (InputStream in = Files.exists(plain)
                ? Files.newInputStream(plain)
                : new GZIPInputStream(Files.newInputStream(stem.resolve(name + GZIP)))) {
            if (Json.parse(in.readAllBytes()) instanceof JsonObject content) {
                return content;
            }
            throw new IllegalStateException("not an object: " + folder + "/" + file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (JsonException e) {
            throw new IllegalStateException(folder + "/" + file, e);
        }
    }

    private static Path root() {
        String folder = System.getProperty("schema.vectors");
        if (folder != null && !folder.isBlank()) {
            return Path.of(folder);
        }
        URL resource = Vectors.class.getResource("/schema/vectors");
        if (resource == null) {
            throw new IllegalStateException("schema/vectors is not on the class path");
        }
        try {
            URI uri = resource.toURI();
            return Path.of(uri);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String withoutSuffix(String name, String suffix) {
        return name.endsWith(suffix) ? name.substring(0, name.length() - suffix.length()) : name;
    }
}

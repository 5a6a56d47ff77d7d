package dev.drawbridge.deploy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;

/** YAML as plain maps; a key that is there twice is a fault. */
final class Yaml {
    private Yaml() {}

    static Map<String, Object> read(Path file) {
        try {
            return parse(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @SuppressWarnings("unchecked")
    static Map<String, Object> parse(String text) {
        LoaderOptions options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        Object loaded = new org.yaml.snakeyaml.Yaml(options).load(text);
        return loaded == null ? Map.of() : (Map<String, Object>) loaded;
    }

    static void write(Path file, Map<String, Object> content) {
        try {
            Files.writeString(file, new org.yaml.snakeyaml.Yaml().dump(content));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As Helm lays a file over the chart's own values. */
    @SuppressWarnings("unchecked")
    static Map<String, Object> merged(Map<String, Object> below, Map<String, Object> above) {
        Map<String, Object> merged = new LinkedHashMap<>(below);
        above.forEach((key, value) -> merged.put(
                key,
                value instanceof Map && merged.get(key) instanceof Map
                        ? merged((Map<String, Object>) merged.get(key), (Map<String, Object>) value)
                        : value));
        return merged;
    }
}

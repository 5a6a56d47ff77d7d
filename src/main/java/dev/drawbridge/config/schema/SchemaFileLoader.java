package dev.drawbridge.config.schema;

import dev.drawbridge.config.SettingException;
import dev.drawbridge.json.Quoted;
import dev.drawbridge.schema.file.SchemaFile;
import dev.drawbridge.schema.file.SchemaFileException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.core.io.support.ResourcePatternResolver;

/** Finds the schema files that the settings name, and reads them anew each time it is asked. */
final class SchemaFileLoader {
    static final String PROPERTY = "drawbridge.schema.files";

    private final List<String> patterns;
    private final ResourcePatternResolver resolver = new PathMatchingResourcePatternResolver();

    SchemaFileLoader(List<String> patterns) {
        this.patterns = List.copyOf(patterns);
    }

    /**
     * The files in the order of the settings, those of one pattern in the order of their names; one that is named twice once.
     *
     * @throws SettingException when a pattern matches nothing, or a file cannot be read or is no JSON
     */
    List<SchemaFile> load() {
        Map<String, Resource> found = new LinkedHashMap<>();
        for (String pattern : patterns) {
            matching(pattern).forEach(resource -> found.putIfAbsent(place(resource), resource));
        }
        Map<String, Long> namesakes =
                found.values().stream().collect(Collectors.groupingBy(SchemaFileLoader::name, Collectors.counting()));
        List<SchemaFile> files = new ArrayList<>(found.size());
        found.forEach((place, resource) ->
                files.add(read(resource, namesakes.getOrDefault(name(resource), 0L) == 1 ? name(resource) : place)));
        return files;
    }

    private List<Resource> matching(String pattern) {
        String location = pattern.matches("(?s)(file|classpath\\*?):.*") ? pattern : "file:" + pattern;
        try {
            List<Resource> found = Stream.of(resolver.getResources(location))
                    .filter(Resource::isReadable)
                    .sorted(Comparator.comparing(SchemaFileLoader::name))
                    .toList();
            if (found.isEmpty()) {
                throw wrong(pattern, "names no file that can be read");
            }
            return found;
        } catch (FileNotFoundException | NoSuchFileException | IllegalArgumentException e) {
            throw wrong(pattern, "names no file that can be read");
        } catch (IOException e) {
            throw wrong(pattern, "cannot be read (" + e.getClass().getSimpleName() + ")");
        }
    }

    /** @param name what it is called in messages: where it is, when others bear its name */
    private static SchemaFile read(Resource resource, String name) {
        try (InputStream content = resource.getInputStream()) {
            return SchemaFile.parse(name, content.readNBytes(SchemaFile.MOST_BYTES + 1));
        } catch (IOException e) {
            throw wrong(name, "cannot be read (" + e.getClass().getSimpleName() + ")");
        } catch (SchemaFileException e) {
            throw faulty(e);
        }
    }

    private static String place(Resource resource) {
        try {
            return resource.getURI().normalize().toString();
        } catch (IOException e) {
            return resource.getDescription();
        }
    }

    private static String name(Resource resource) {
        return String.valueOf(resource.getFilename());
    }

    private static SettingException wrong(String pattern, String problem) {
        return new SettingException(
                PROPERTY,
                Quoted.bare(pattern),
                problem,
                "Set it to the paths of schema files, or to patterns that match some: types.json, file:./types/*.json,"
                        + " classpath:types/*.json.");
    }

    /** What a file says, and this server cannot do. */
    static SettingException faulty(SchemaFileException fault) {
        return new SettingException(
                PROPERTY,
                null,
                "names a file that is faulty: " + fault.getMessage(),
                "See docs/types.md for what a file says.");
    }
}

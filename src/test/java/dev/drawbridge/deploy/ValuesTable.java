package dev.drawbridge.deploy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** The chart's values, each with its default and with what the comment above it says. */
final class ValuesTable {
    private static final Pattern COMMENT = Pattern.compile("\\s*# -- (.*)");
    private static final Pattern KEY = Pattern.compile("( *)(\\w+):.*");

    /**
     * A value.
     *
     * @param what the comment with two dashes
     */
    record Row(String name, @Nullable Object value, String what) {}

    private ValuesTable() {}

    /** Everything that has a comment, in the order of the file. */
    static List<Row> rows(Path values) {
        try {
            Map<String, Object> defaults = Yaml.read(values);
            Map<String, String> comments = comments(Files.readAllLines(values));
            List<Row> rows = new ArrayList<>();
            comments.forEach((name, comment) -> rows.add(new Row(name, at(defaults, name), comment)));
            return rows;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The names of all values that are no maps of other values, commented or within something that is. */
    static List<String> leaves(Map<String, Object> values, List<Row> rows) {
        List<String> leaves = new ArrayList<>();
        collectLeaves(values, "", rows.stream().map(Row::name).toList(), leaves);
        return leaves;
    }

    @SuppressWarnings("unchecked")
    private static void collectLeaves(
            Map<String, Object> values, String prefix, List<String> commented, List<String> leaves) {
        values.forEach((key, value) -> {
            String name = prefix + key;
            if (!commented.contains(name) && value instanceof Map<?, ?> map && !map.isEmpty()) {
                collectLeaves((Map<String, Object>) map, name + ".", commented, leaves);
            } else {
                leaves.add(name);
            }
        });
    }

    static String markdown(List<Row> rows) {
        StringBuilder table = new StringBuilder("| value | default | what |\n|---|---|---|\n");
        for (Row row : rows) {
            String value = Objects.equals(row.value(), "")
                    ? ""
                    : " `"
                            + (row.value() instanceof String text
                                    ? text
                                    : JsonMapper.shared().writeValueAsString(row.value()))
                            + "`";
            table.append("| `%s` |%s | %s |%n".formatted(row.name(), value, row.what()));
        }
        return table.toString();
    }

    private static Map<String, String> comments(List<String> lines) {
        Map<String, String> comments = new LinkedHashMap<>();
        List<String> path = new ArrayList<>();
        String pending = null;
        for (String line : lines) {
            Matcher comment = COMMENT.matcher(line);
            Matcher key = KEY.matcher(line);
            if (comment.matches()) {
                pending = comment.group(1);
            } else if (key.matches() && key.group(1).length() / 2 <= path.size()) {
                path.subList(key.group(1).length() / 2, path.size()).clear();
                path.add(key.group(2));
                if (pending != null) {
                    comments.put(String.join(".", path), pending);
                    pending = null;
                }
            }
        }
        return comments;
    }

    private static @Nullable Object at(Map<String, Object> values, String name) {
        Object value = values;
        for (String key : name.split("\\.", -1)) {
            value = value instanceof Map<?, ?> map ? map.get(key) : null;
        }
        return value;
    }
}

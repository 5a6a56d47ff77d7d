package dev.drawbridge.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@DisplayName("The chart's values")
class ChartValuesTest {
    private static final Path VALUES = Chart.HOME.resolve("values.yaml");
    private static final Path README = Chart.HOME.resolve("README.md");

    private final List<ValuesTable.Row> rows = ValuesTable.rows(VALUES);
    private final JsonNode schema = JsonMapper.shared().readTree(Chart.HOME.resolve("values.schema.json"));

    @Test
    void areAllExplained() {
        assertThat(ValuesTable.leaves(Yaml.read(VALUES), rows))
                .isEqualTo(rows.stream().map(ValuesTable.Row::name).toList());
    }

    @Test
    void areInTheReadmeAsTheyAre() throws IOException {
        String table = ValuesTable.markdown(rows);
        Path made = Files.writeString(Path.of("target", "chart-values.md"), table);
        assertThat(Files.readString(README))
                .as("%s has the table of %s; a new one is in %s", README, VALUES, made)
                .contains("\n" + table);
    }

    @Test
    void areInTheSchemaWithTheSameWords() {
        for (ValuesTable.Row row : rows) {
            JsonNode node = schema;
            for (String key : row.name().split("\\.", -1)) {
                node = node.path("properties").path(key);
            }
            assertThat(node.path("description").asString(""))
                    .as("description of %s in the schema", row.name())
                    .isEqualTo(row.what());
        }
    }

    @Test
    void areOfAClosedSchema() {
        assertClosed("", schema);
    }

    private void assertClosed(String path, JsonNode node) {
        if (node.has("properties")) {
            assertThat(node.path("additionalProperties").asBoolean(true))
                    .as("whether the schema of '%s' lets anything else pass", path)
                    .isFalse();
            node.path("properties").forEachEntry((key, child) -> assertClosed(path + "." + key, child));
        } else if (node.path("type").asString("").equals("object")) {
            assertThat(node.has("additionalProperties"))
                    .as("the schema says that '%s' is a free map", path)
                    .isTrue();
        }
        if (node.has("items")) {
            assertClosed(path + "[]", node.path("items"));
        }
    }

    /** In the schema there may be more than in the file: what is for a parent chart, and the fields of a probe. */
    @Test
    void areTheOnlyOnesOfTheSchema() {
        Map<String, Object> values = Yaml.read(VALUES);
        List<String> more = schema.path("properties").propertyNames().stream()
                .filter(name -> !values.containsKey(name))
                .toList();
        assertThat(more).containsExactly("enabled");
    }

    @Test
    void nameTheImageOfThisVersion() throws IOException {
        String pom = Files.readString(Path.of("pom.xml"));
        String version = Objects.requireNonNull(pom.lines()
                .dropWhile(line -> !line.contains("<artifactId>drawbridge</artifactId>"))
                .skip(1)
                .findFirst()
                .orElseThrow()
                .replaceAll("\\s*</?version>\\s*", ""));
        assertThat(Yaml.read(Chart.HOME.resolve("Chart.yaml"))).containsEntry("appVersion", version);
        assertThat(Chart.ours().render("").container().getImage()).isEqualTo("drawbridge:" + version);
    }

    @Test
    void areEachTriedInSomeValueFile() {
        Set<String> tried = Chart.valueFiles().stream()
                .flatMap(file -> names("", Yaml.read(file)))
                .collect(Collectors.toSet());
        List<String> untried = rows.stream()
                .map(ValuesTable.Row::name)
                .filter(name -> !tried.contains(name))
                .toList();
        assertThat(untried).as("values that no file under ci sets").isEmpty();
    }

    @SuppressWarnings("unchecked")
    private static Stream<String> names(String prefix, Map<String, Object> values) {
        return values.entrySet().stream()
                .flatMap(entry -> Stream.concat(
                        Stream.of(prefix + entry.getKey()),
                        entry.getValue() instanceof Map<?, ?> map
                                ? names(prefix + entry.getKey() + ".", (Map<String, Object>) map)
                                : Stream.empty()));
    }
}

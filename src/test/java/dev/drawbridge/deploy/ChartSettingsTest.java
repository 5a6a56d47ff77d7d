package dev.drawbridge.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.config.WebhooksProperties;
import io.fabric8.kubernetes.api.model.EnvVar;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@DisplayName("What the chart sets")
class ChartSettingsTest {

    /** The JVM reads the first, and the client of S3 the others. */
    private static final Set<String> NOT_SPRINGS =
            Set.of("JAVA_TOOL_OPTIONS", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY");

    /** By the name as an environment variable: the type. */
    private static final Map<String, String> PROPERTIES = properties();

    static Set<String> variables() {
        Set<String> names = new TreeSet<>();
        for (var values : Chart.valueFiles()) {
            Chart.ours().render(values).container().getEnv().stream()
                    .filter(variable -> !variable.getName().equals("POD_NAME")) // of the value file itself
                    .map(EnvVar::getName)
                    .forEach(names::add);
        }
        names.removeAll(NOT_SPRINGS);
        return names;
    }

    @ParameterizedTest
    @MethodSource("variables")
    @DisplayName("is a property that the application reads")
    void isAPropertyThatTheApplicationReads(String variable) {
        assertThat(PROPERTIES.containsKey(variable) || isEntryOfAMap(variable) || isOfAWebhook(variable))
                .as("%s is a property of the application or of Spring Boot", variable)
                .isTrue();
    }

    private static boolean isEntryOfAMap(String variable) {
        return PROPERTIES.entrySet().stream()
                .anyMatch(property -> property.getValue().startsWith("java.util.Map")
                        && variable.startsWith(property.getKey() + "_"));
    }

    /** The description of the settings does not go into lists. */
    private static boolean isOfAWebhook(String variable) {
        return Stream.of(WebhooksProperties.Hook.class.getRecordComponents())
                .anyMatch(setting -> variable.matches(
                        "DRAWBRIDGE_WEBHOOKS_[0-9]+_" + setting.getName().toUpperCase(Locale.ROOT)));
    }

    private static Map<String, String> properties() {
        Map<String, String> properties = new TreeMap<>();
        try {
            List<URL> files = Collections.list(ChartSettingsTest.class
                    .getClassLoader()
                    .getResources("META-INF/spring-configuration-metadata.json"));
            for (URL file : files) {
                try (InputStream in = file.openStream()) {
                    for (JsonNode property : JsonMapper.shared().readTree(in).path("properties")) {
                        properties.put(
                                variable(property.path("name").asString()),
                                property.path("type").asString(""));
                    }
                }
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return properties;
    }

    private static String variable(String property) {
        return property.replace("-", "").replace('.', '_').toUpperCase(Locale.ROOT);
    }
}

package dev.drawbridge.config.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.NodeScript;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("The alert rules, in Prometheus' own hands,")
class AlertRulesTest {

    @ParameterizedTest(name = "pass promtool {0} rules")
    @CsvSource({"check, helm/drawbridge/files/alerts.yaml", "test, src/test/alerts/alerts-test.yaml"})
    void promtool(String command, String file) throws Exception {
        NodeScript.assumeInstalled("promtool", "promtool of Prometheus");
        Process promtool = new ProcessBuilder("promtool", command, "rules", file)
                .redirectErrorStream(true)
                .start();
        promtool.getOutputStream().close();
        String output = new String(promtool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(promtool.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(promtool.exitValue()).as(output).isZero();
    }

    @Test
    @DisplayName("lead to what to do")
    void runbook() throws Exception {
        List<String> headings = Files.readAllLines(Path.of("docs/deploy.md")).stream()
                .filter(line -> line.startsWith("### "))
                .map(line -> line.substring(4).toLowerCase(Locale.ROOT))
                .toList();
        Matcher links = Pattern.compile("runbook_url: \\S+#(\\w+)")
                .matcher(Files.readString(Path.of("helm/drawbridge/files/alerts.yaml")));

        assertThat(links.results().map(link -> link.group(1))).hasSize(18).isSubsetOf(headings);
    }
}

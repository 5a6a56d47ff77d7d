package dev.drawbridge.deploy;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.marcnuri.helm.DryRun;
import com.marcnuri.helm.Helm;
import com.marcnuri.helm.LintResult;
import com.marcnuri.helm.TemplateCommand;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.util.FileSystemUtils;

/** The chart, handled by the real Helm. */
final class Chart {
    static final Path HOME = Path.of("helm/drawbridge");
    static final String RELEASE = "my";
    static final String NAMESPACE = "boards";

    private static final String KUBERNETES = "1.33.0";
    /** Of lint: what it says when nothing but an icon is missing. */
    private static final String NO_ICON = "[INFO] Chart.yaml: icon is recommended";

    private final Path folder;

    private Chart(Path folder) {
        this.folder = folder;
    }

    static Chart ours() {
        return new Chart(HOME);
    }

    /** The value files under {@code ci}, each a feature. */
    static List<Path> valueFiles() {
        try (Stream<Path> files = Files.list(HOME.resolve("ci"))) {
            return files.filter(file -> file.toString().endsWith("-values.yaml"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Path valueFile(String feature) {
        return HOME.resolve("ci").resolve(feature + "-values.yaml");
    }

    /** This chart, with the text replaced in one of its files. */
    Chart with(String file, String text, String replacement) {
        try {
            Path copy = temporaryFolder();
            FileSystemUtils.copyRecursively(folder, copy);
            String before = Files.readString(copy.resolve(file));
            if (!before.contains(text)) {
                throw new IllegalArgumentException(file + " does not contain " + text);
            }
            Files.writeString(copy.resolve(file), before.replace(text, replacement));
            return new Chart(copy);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** This chart, with the test's pod among the manifests; Helm leaves its hooks out of them. */
    Chart showingTests() {
        return with("templates/tests/test.yaml", "\"helm.sh/hook\" \"test\"", "\"was-helm.sh/hook\" \"test\"");
    }

    /** The same, unless these values make no test's pod. */
    Chart showingTestsOf(Path values) {
        return Yaml.read(values).containsKey("tests") ? this : showingTests();
    }

    Manifests render(Path... valueFiles) {
        return renderAs(RELEASE, valueFiles);
    }

    Manifests render(String values) {
        return render(valuesFile(values));
    }

    Manifests renderAs(String release, Path... valueFiles) {
        return Manifests.parse(text(release, valueFiles));
    }

    private String text(String release, Path... valueFiles) {
        FakeCluster.running();
        TemplateCommand command = new Helm(folder)
                .template()
                .withName(release)
                .withNamespace(NAMESPACE)
                .withKubeVersion(KUBERNETES);
        for (Path file : valueFiles) {
            command.withValuesFile(file);
        }
        return command.call();
    }

    /** What {@code helm install} tells the person. */
    String notes(Path valueFile) {
        FakeCluster.running();
        String output = new Helm(folder)
                .install()
                .withName(RELEASE)
                .withNamespace(NAMESPACE)
                .withKubeVersion(KUBERNETES)
                .withValuesFile(valueFile)
                .clientOnly()
                .dryRun()
                .withDryRunOption(DryRun.CLIENT)
                .debug()
                .call()
                .getOutput();
        return output.substring(output.indexOf("NOTES:"));
    }

    /** What {@code helm lint --strict} has to say with these values as the chart's own. */
    List<String> lint(Path valueFile) {
        Chart chart = with("values.yaml", "", "");
        Yaml.write(
                chart.folder.resolve("values.yaml"),
                Yaml.merged(Yaml.read(HOME.resolve("values.yaml")), Yaml.read(valueFile)));
        LintResult result = new Helm(chart.folder).lint().strict().call();
        List<String> messages = result.getMessages().stream()
                .filter(message -> !message.equals(NO_ICON))
                .toList();
        return result.isFailed() && messages.isEmpty() ? List.of("failed") : messages;
    }

    static Path valuesFile(String values) {
        try {
            return Files.writeString(temporaryFolder().resolve("values.yaml"), values, UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path temporaryFolder() throws IOException {
        Path folder = Files.createTempDirectory("drawbridge-chart-");
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(() -> {
            try {
                FileSystemUtils.deleteRecursively(folder);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }));
        return folder;
    }
}

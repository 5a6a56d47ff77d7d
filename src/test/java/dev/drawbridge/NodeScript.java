package dev.drawbridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A test that is written in JavaScript, because what it drives is: real tldraw clients, a real browser. */
public final class NodeScript {
    private final Path folder;

    private NodeScript(Path folder) {
        this.folder = folder;
    }

    /** The scripts in a folder under {@code src/test}, with the packages they need; skips the test without Node. */
    public static NodeScript in(String folder) throws Exception {
        assumeInstalled("node", "Node.js 20.19 or later");
        NodeScript script = new NodeScript(Path.of("src/test", folder));
        script.install();
        return script;
    }

    /** Skips the test, and says so where nobody can miss it, when a program is not there. */
    public static void assumeInstalled(String program, String whatItIs) {
        boolean installed = Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(entry -> Files.isExecutable(Path.of(entry, program)));
        if (!installed) {
            System.err.printf(
                    "%n#### SKIPPED: this test needs %s, and there is no '%s' on the PATH ####%n%n", whatItIs, program);
        }
        assumeTrue(installed, () -> "needs " + whatItIs);
    }

    /** Runs a script to its end, its output going where the test's goes, and expects it to succeed. */
    public void run(Duration limit, String script, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("node", script));
        command.addAll(Arrays.asList(arguments));
        assertThat(exitCode(limit, command)).as("exit code of %s", command).isZero();
    }

    /** Starts a script that goes on until it is told to end, or its input ends. What it logs goes where the test's does. */
    public Process start(String script, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("node", script));
        command.addAll(Arrays.asList(arguments));
        return new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
    }

    private void install() throws Exception {
        Path stamp = folder.resolve("node_modules/.package-lock.json");
        Path manifest = folder.resolve("package-lock.json");
        boolean fresh = Files.exists(stamp)
                && Files.getLastModifiedTime(stamp).compareTo(Files.getLastModifiedTime(manifest)) >= 0;
        if (!fresh) {
            List<String> npm = List.of("npm", "install", "--no-audit", "--no-fund", "--loglevel=error");
            assertThat(exitCode(Duration.ofMinutes(5), npm))
                    .as("npm install in %s", folder)
                    .isZero();
        }
    }

    private int exitCode(Duration limit, List<String> command) throws IOException, InterruptedException {
        // Not the test's own streams: Surefire speaks over them with the JVM that runs the tests.
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        process.getOutputStream().close();
        Thread printer =
                Thread.startVirtualThread(() -> process.inputReader().lines().forEach(System.out::println));
        try {
            assertThat(process.waitFor(limit.toSeconds(), TimeUnit.SECONDS))
                    .as("%s ends within %s", command, limit)
                    .isTrue();
            printer.join(Duration.ofSeconds(10));
            return process.exitValue();
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }
}

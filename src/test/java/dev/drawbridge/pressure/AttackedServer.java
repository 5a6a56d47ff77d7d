package dev.drawbridge.pressure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.FreePort;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** The server that is attacked, as a process of its own, with as much heap as one of the chart's has. */
final class AttackedServer implements AutoCloseable {
    static final long HEAP = 512L << 20;
    static final String TOKEN = "pressure";

    private final Process process;
    private final int port;
    private final Path folder;
    private final Admin admin;

    private AttackedServer(Process process, int port, Path folder) {
        this.process = process;
        this.port = port;
        this.folder = folder;
        this.admin = new Admin(port);
    }

    /** Starts it in an empty folder, with a store and logs of its own. */
    static AttackedServer start(Path folder, List<String> settings) throws IOException {
        Files.createDirectories(folder);
        int port = FreePort.next();
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + HEAP,
                "-XX:+UseG1GC",
                "-XX:+UseCompactObjectHeaders",
                "-XX:+ExitOnOutOfMemoryError",
                "--enable-native-access=ALL-UNNAMED",
                "-Xlog:gc:file=" + folder.resolve("gc.log")));
        command.addAll(program());
        command.addAll(List.of(
                "--server.address=127.0.0.1",
                "--server.port=" + port,
                "--drawbridge.admin.token=" + TOKEN,
                "--drawbridge.store.sqlite.path=" + folder.resolve("rooms.db"),
                "--drawbridge.room.unload-after=1s",
                "--drawbridge.limits.connections-per-minute=1000000"));
        command.addAll(settings);
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("server.log").toFile())
                .start();
        AttackedServer server = new AttackedServer(process, port, folder);
        Awaitility.await("the server's health").atMost(Duration.ofMinutes(2)).until(() -> {
            assertThat(process.isAlive())
                    .as("the server is alive\n%s", server.log())
                    .isTrue();
            return server.isHealthy();
        });
        return server;
    }

    /** The packaged jar, where there is one; else what the tests run on, so that an attack can be tried in the IDE. */
    private static List<String> program() throws IOException {
        Optional<Path> jar = jar();
        return jar.isPresent()
                ? List.of("-jar", jar.get().toString())
                : List.of("-cp", absoluteClassPath(), "dev.drawbridge.DrawbridgeApplication");
    }

    private static String absoluteClassPath() {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(entry -> Path.of(entry).toAbsolutePath().toString())
                .reduce((all, entry) -> all + File.pathSeparator + entry)
                .orElseThrow();
    }

    private static Optional<Path> jar() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("target"))) {
            return files.filter(file -> file.getFileName().toString().matches("drawbridge-.*(?<!sources)\\.jar"))
                    .findFirst()
                    .map(Path::toAbsolutePath);
        }
    }

    int port() {
        return port;
    }

    Admin admin() {
        return admin;
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Whether it has ended, or is about to. */
    boolean hasEnded() {
        try {
            return process.waitFor(2, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Whether it says, soon enough, that it can be used. */
    boolean isHealthy() {
        return answers("/actuator/health/readiness");
    }

    /** Whether a request is answered with 200, and within five seconds. */
    boolean answers(String path) {
        try {
            return admin.get(path, Duration.ofSeconds(5)).statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    Path database() {
        return folder.resolve("rooms.db");
    }

    Path gcLog() {
        return folder.resolve("gc.log");
    }

    /** What the kernel says of the process; empty where there is no {@code /proc}. */
    Path status() {
        return Path.of("/proc", Long.toString(process.pid()), "status");
    }

    /** The last lines of its log. */
    String log() {
        try {
            List<String> lines = Files.readAllLines(folder.resolve("server.log"));
            return String.join("\n", lines.subList(Math.max(0, lines.size() - 30), lines.size()));
        } catch (IOException e) {
            return e.toString();
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
        try {
            process.waitFor(30, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

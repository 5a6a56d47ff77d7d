package dev.drawbridge.bench.load;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A server started for the measurement, with a store of its own in a folder that is deleted afterwards. */
final class OwnServer implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final double LOOK_EVERY = 0.01;
    private static final String USUAL_JVM = "-Xmx512m --enable-native-access=ALL-UNNAMED";

    private final Process process;
    private final Path folder;
    private final int port;
    private final String program;
    private final double readyMillis;

    private OwnServer(Process process, Path folder, int port, String program, double readyMillis) {
        this.process = process;
        this.folder = folder;
        this.port = port;
        this.program = program;
        this.readyMillis = readyMillis;
    }

    /** Starts it and waits until it says that it is ready. */
    static OwnServer start(Options options) throws IOException {
        Path folder = Files.createTempDirectory("drawbridge-bench");
        int port = freePort();
        Optional<Path> jar = jar(options);
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options.words("jvm", USUAL_JVM));
        jar.ifPresentOrElse(
                file -> command.addAll(List.of("-jar", file.toString())),
                () -> command.addAll(List.of("-cp", classPath(), "dev.drawbridge.DrawbridgeApplication")));
        command.addAll(List.of(
                "--server.address=127.0.0.1",
                "--server.port=" + port,
                "--drawbridge.store.sqlite.path=" + folder.resolve("rooms.db"),
                "--drawbridge.limits.connections=20000",
                "--drawbridge.limits.connections-per-minute=1000000"));
        command.addAll(options.words("server", ""));
        long started = System.nanoTime();
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("server.log").toFile())
                .start();
        String program = jar.map(file -> file.getFileName().toString()).orElse("classes");
        while (!isReady(port)) {
            if (!process.isAlive() || System.nanoTime() - started > PATIENCE.toNanos()) {
                String log = Files.readString(folder.resolve("server.log"));
                new OwnServer(process, folder, port, program, Double.NaN).close();
                throw new IOException("the server did not get ready:\n" + log);
            }
            Pause.seconds(LOOK_EVERY);
        }
        return new OwnServer(process, folder, port, program, (System.nanoTime() - started) / 1e6);
    }

    /** The packaged jar: the one that is named, or the one below {@code target}, if there is one. */
    private static Optional<Path> jar(Options options) throws IOException {
        if (options.text("jar").isPresent()) {
            return options.text("jar").map(file -> Path.of(file).toAbsolutePath());
        }
        if (!Files.isDirectory(Path.of("target"))) {
            return Optional.empty();
        }
        try (Stream<Path> files = Files.list(Path.of("target"))) {
            return files.filter(file -> file.getFileName().toString().matches("drawbridge-.*(?<!sources)\\.jar"))
                    .findFirst()
                    .map(Path::toAbsolutePath);
        }
    }

    private static String classPath() {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .map(entry -> Path.of(entry).toAbsolutePath().toString())
                .reduce((all, entry) -> all + File.pathSeparator + entry)
                .orElseThrow();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** Asks as cheaply as can be: the server is to have the machine for itself while it starts. */
    private static boolean isReady(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1_000);
            socket.setSoTimeout(10_000);
            socket.getOutputStream()
                    .write(("GET /actuator/health/readiness HTTP/1.1\r\nHost: 127.0.0.1:" + port
                                    + "\r\nConnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            byte[] status = socket.getInputStream().readNBytes(12);
            return new String(status, StandardCharsets.US_ASCII).equals("HTTP/1.1 200");
        } catch (IOException e) {
            return false;
        }
    }

    Target target() {
        return new Target("drawbridge", "127.0.0.1", port, "", List.of(process.pid()));
    }

    String program() {
        return program;
    }

    /** From the start of the process to the first answer that it is ready. */
    double readyMillis() {
        return readyMillis;
    }

    @Override
    public void close() throws IOException {
        process.destroyForcibly();
        try {
            var _ = process.waitFor(30, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}

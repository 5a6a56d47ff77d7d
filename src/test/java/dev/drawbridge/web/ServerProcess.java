package dev.drawbridge.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.FreePort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** The packaged jar, running as a process of its own, so that it can be killed. */
final class ServerProcess implements AutoCloseable {
    private final Process process;
    private final int port;

    private ServerProcess(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** Starts the jar and waits until it takes connections. Its output goes to {@code server.log} in the folder. */
    static ServerProcess start(Path folder, List<String> arguments) throws IOException {
        return start(folder, FreePort.next(), arguments);
    }

    /** Starts the jar at a port where another has been, so that its clients find it. */
    static ServerProcess start(Path folder, int port, List<String> arguments) throws IOException {
        return start(folder, port, List.of(), arguments);
    }

    /** Starts the jar in a JVM with these flags more. */
    static ServerProcess start(Path folder, int port, List<String> flags, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx256m"));
        command.addAll(flags);
        command.addAll(List.of("-jar", jar().toString(), "--server.address=127.0.0.1", "--server.port=" + port));
        command.addAll(arguments);
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        folder.resolve("server.log").toFile()))
                .start();
        ServerProcess server = new ServerProcess(process, port);
        Awaitility.await().atMost(Duration.ofMinutes(2)).until(server::isListening);
        return server;
    }

    int port() {
        return port;
    }

    /** {@code SIGSTOP}: it is there, and does nothing. */
    void freeze() {
        signal("STOP");
    }

    /** {@code SIGCONT}. */
    void goOn() {
        signal("CONT");
    }

    private void signal(String name) {
        try {
            assertThat(new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                            .start()
                            .waitFor())
                    .isZero();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** {@code kill -9}. */
    void kill() {
        process.destroyForcibly();
        awaitExit();
    }

    /** {@code SIGTERM}; returns the exit code. */
    int terminate() {
        process.destroy();
        return awaitExit();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    private int awaitExit() {
        try {
            assertThat(process.waitFor(60, TimeUnit.SECONDS))
                    .as("the server has ended")
                    .isTrue();
            return process.exitValue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private boolean isListening() {
        assertThat(process.isAlive()).as("the server is alive").isTrue();
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    private static Path jar() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("target"))) {
            return files.filter(file -> file.getFileName().toString().matches("drawbridge-.*(?<!sources)\\.jar"))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("the jar has not been packaged"))
                    .toAbsolutePath();
        }
    }
}

package dev.drawbridge.store.redis;

import static org.awaitility.Awaitility.await;

import dev.drawbridge.FreePort;
import dev.drawbridge.store.Liveness;
import dev.drawbridge.store.StoredRooms;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.Delay;
import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.springframework.util.FileSystemUtils;
import redis.embedded.RedisExecProvider;

/** A real redis-server, of the binaries that embedded-redis carries, that a test may kill, freeze and start again. */
public final class RedisProcess implements AutoCloseable {
    private static final ClientResources RESOURCES = ClientResources.builder()
            .reconnectDelay(Delay.constant(Duration.ofMillis(50)))
            .build();

    private static final Duration TIMEOUT = Duration.ofSeconds(4);

    private final List<String> command;
    private final Path folder;
    private final int port;
    private final RedisClient client;
    private Process process;
    private @Nullable RedisCommands<String, String> cli;

    private RedisProcess(List<String> command, Path folder, int port) {
        this.command = command;
        this.folder = folder;
        this.port = port;
        this.process = launch();
        this.client = newClient(port);
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(this::remove));
    }

    /** Starts a server on a free port, in a new folder. The settings are those of its command line. */
    public static RedisProcess start(String... settings) {
        return start(FreePort.next(), settings);
    }

    static RedisProcess start(int port, String... settings) {
        List<String> all = new ArrayList<>(List.of("--save", ""));
        all.addAll(List.of(settings));
        return launch(port, List.of(), all);
    }

    /** Starts the program with a configuration file of its own to write to, which is what Sentinel wants. */
    static RedisProcess startSentinel(int port, String... lines) {
        return launch(port, List.of(lines), List.of("--sentinel"));
    }

    private static RedisProcess launch(int port, List<String> configuration, List<String> settings) {
        try {
            Path folder = Files.createTempDirectory("drawbridge-redis-");
            List<String> command = new ArrayList<>(List.of(binary().getPath()));
            Path file = folder.resolve("redis.conf");
            Files.write(file, configuration);
            command.add(file.toString());
            command.addAll(List.of("--port", Integer.toString(port), "--bind", "127.0.0.1"));
            command.addAll(List.of("--dir", folder.toString()));
            command.addAll(settings);
            return new RedisProcess(command, folder, port);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A test without Redis must not look like one that has passed. */
    private static File binary() {
        try {
            return RedisExecProvider.defaultProvider().get();
        } catch (IOException | RuntimeException e) {
            String message = "NOT TESTED: no redis-server runs on this system (" + System.getProperty("os.name") + ", "
                    + System.getProperty("os.arch") + "): " + e;
            System.err.println(message);
            Assumptions.abort(message);
            throw new AssertionError(e);
        }
    }

    private Process launch() {
        try {
            Process launched = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("log").toFile())
                    .start();
            await().atMost(Duration.ofSeconds(60))
                    .pollInterval(Duration.ofMillis(20))
                    .until(() -> answers() || !launched.isAlive());
            if (!launched.isAlive()) {
                throw new AssertionError("redis-server ended: " + Files.readString(folder.resolve("log")));
            }
            return launched;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean answers() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.getOutputStream().write("INFO server\r\n".getBytes(StandardCharsets.UTF_8));
            int first = socket.getInputStream().read();
            return first == '$' || (first == '-' && !loads(socket));
        } catch (IOException e) {
            return false;
        }
    }

    private static boolean loads(Socket socket) throws IOException {
        return new String(socket.getInputStream().readNBytes(7), StandardCharsets.UTF_8).equals("LOADING");
    }

    /** With the store's own options, and little patience. */
    public static RedisClient newClient(int port) {
        RedisClient client = RedisClient.create(
                RESOURCES,
                RedisURI.builder()
                        .withHost("127.0.0.1")
                        .withPort(port)
                        .withTimeout(TIMEOUT)
                        .build());
        ClientOptions.Builder options = ClientOptions.builder();
        RedisRoomStore.neverSendTwice(options);
        client.setOptions(options.build());
        return client;
    }

    public int port() {
        return port;
    }

    public RedisClient client() {
        return client;
    }

    RedisRoomStore openStore(String prefix) {
        return openStore(prefix, "a-test", Liveness.ALONE);
    }

    /** What another node has on the same rooms. */
    RedisRoomStore openStore(String prefix, String node, Liveness liveness) {
        return RedisRoomStore.connect(client, prefix, node, InstantSource.system(), StoredRooms::token, liveness);
    }

    /** What redis-cli is to a person. */
    public RedisCommands<String, String> cli() {
        if (cli == null) {
            cli = client.connect().sync();
        }
        return cli;
    }

    /** {@code kill -9}. */
    public void kill() {
        process.destroyForcibly();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** With what is in its folder. */
    public void startAgain() {
        process = launch();
    }

    /** How much it has written to its append-only file since it has started. */
    public long written() {
        return appendOnlyFile().length();
    }

    /** {@code kill -9} of its machine: what it has written beyond that has not reached the disk. */
    public void killAndLose(long beyond) {
        kill();
        try (RandomAccessFile file = new RandomAccessFile(appendOnlyFile(), "rw")) {
            file.setLength(beyond);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private File appendOnlyFile() {
        try (Stream<Path> files = Files.list(folder.resolve("appendonlydir"))) {
            return files.filter(file -> file.toString().endsWith(".incr.aof"))
                    .findFirst()
                    .orElseThrow()
                    .toFile();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    long pid() {
        return process.pid();
    }

    @Override
    public void close() {
        client.shutdown(Duration.ZERO, Duration.ofSeconds(2));
        remove();
    }

    /** Leaves nothing behind: neither the process nor its folder. */
    private void remove() {
        kill();
        try {
            FileSystemUtils.deleteRecursively(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

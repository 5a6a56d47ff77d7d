package dev.drawbridge.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.FreePort;
import dev.drawbridge.json.Json;
import dev.drawbridge.json.JsonException;
import dev.drawbridge.json.JsonNumber;
import dev.drawbridge.json.JsonObject;
import dev.drawbridge.store.redis.RedisProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** Several server processes on one Redis, with a round robin before them. */
final class ServersBehindOneAddress implements AutoCloseable {
    /** They start sooner, and live too short to miss what they lack. */
    private static final List<String> FLAGS = List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

    private final Path folder;
    private final Function<String, List<String>> settings;
    private final RedisProcess redis = RedisProcess.start("--appendonly", "yes");
    private final RoundRobin front;
    private final List<ServerProcess> servers = new CopyOnWriteArrayList<>();
    private final Map<ServerProcess, String> names = new ConcurrentHashMap<>();
    private final AtomicInteger started = new AtomicInteger();

    ServersBehindOneAddress(Path folder, int howMany) throws IOException {
        this(folder, howMany, name -> List.of());
    }

    /** @param settings of each server, by its name: {@code server-1} and so on */
    ServersBehindOneAddress(Path folder, int howMany, Function<String, List<String>> settings) throws IOException {
        this.folder = folder;
        this.settings = settings;
        this.front = new RoundRobin();
        CompletableFuture.allOf(IntStream.range(0, howMany)
                        .mapToObj(i -> CompletableFuture.runAsync(this::start, Thread::startVirtualThread))
                        .toArray(CompletableFuture[]::new))
                .join();
    }

    RedisProcess redis() {
        return redis;
    }

    RoundRobin front() {
        return front;
    }

    List<ServerProcess> servers() {
        return List.copyOf(servers);
    }

    /** Starts one more; it gets its share of the connections from when it takes them. */
    ServerProcess start() {
        try {
            String name = "server-" + started.incrementAndGet();
            List<String> arguments = new ArrayList<>(settings.apply(name));
            arguments.addAll(List.of(
                    "--drawbridge.store.type=redis",
                    "--spring.data.redis.port=" + redis.port(),
                    "--drawbridge.cluster.address=127.0.0.1",
                    "--drawbridge.cluster.port=0",
                    "--drawbridge.cluster.secret=known-to-this-test-only",
                    "--drawbridge.limits.connections-per-minute=100000",
                    "--drawbridge.admin.token=" + AdminClient.TOKEN));
            ServerProcess server =
                    ServerProcess.start(Files.createDirectory(folder.resolve(name)), FreePort.next(), FLAGS, arguments);
            names.put(server, name);
            servers.add(server);
            front.add(server.port());
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String name(ServerProcess server) {
        return names.getOrDefault(server, "");
    }

    /** {@code SIGTERM}; takes no connections from when its port is closed. */
    Duration terminate(ServerProcess server) {
        long asked = System.nanoTime();
        assertThat(server.terminate()).as("exit code of SIGTERM").isEqualTo(143);
        forget(server);
        return Duration.ofNanos(System.nanoTime() - asked);
    }

    void kill(ServerProcess server) {
        server.kill();
        forget(server);
    }

    private void forget(ServerProcess server) {
        servers.remove(server);
        front.remove(server.port());
    }

    /** {@code SIGSTOP}; a check of its health would find that at once, and nobody new is sent there. */
    void freeze(ServerProcess server) {
        server.freeze();
        front.remove(server.port());
    }

    /** {@code SIGCONT}. */
    void goOn(ServerProcess server) {
        server.goOn();
        front.add(server.port());
    }

    /** The one that has a room open; waits until there is one. */
    ServerProcess owner(String roomId) {
        return Awaitility.await()
                .atMost(Duration.ofMinutes(
                        1)) // clients that wait for a server which stands still come when they have given it up
                .until(() -> findOwner(roomId), Optional::isPresent)
                .orElseThrow();
    }

    private Optional<ServerProcess> findOwner(String roomId) throws JsonException {
        String node = redis.cli().hget("drawbridge:{" + roomId + "}:meta", "owner");
        String card = node == null ? null : redis.cli().get("drawbridge:{nodes}:node:" + node);
        if (card == null
                || !(Json.parse(card.getBytes(StandardCharsets.UTF_8)) instanceof JsonObject read)
                || !(read.get("webPort") instanceof JsonNumber port)) {
            return Optional.empty();
        }
        return servers.stream()
                .filter(each -> each.port() == (int) port.value())
                .findFirst();
    }

    /** Who has which room, and for the how-many-th time somebody has it. */
    Map<String, String> ownerships(int rooms) {
        Map<String, String> all = new TreeMap<>();
        for (int room = 0; room < rooms; room++) {
            all.put(
                    DrawingCrowd.room(room),
                    redis.cli()
                            .hmget("drawbridge:{" + DrawingCrowd.room(room) + "}:meta", "owner", "epoch")
                            .toString());
        }
        return all;
    }

    /** What is in the servers' logs, after they have started, that an operator would have to look into. */
    List<String> complaints() throws IOException {
        List<String> complaints = new ArrayList<>();
        try (Stream<Path> logs = Files.find(folder, 2, (file, is) -> file.endsWith("server.log"))) {
            for (Path log : logs.sorted().toList()) {
                Files.readAllLines(log).stream()
                        .filter(line -> (line.contains(" WARN ") && !line.contains("[           main]"))
                                || line.contains(" ERROR ")
                                || line.startsWith("\tat "))
                        .map(line -> folder.relativize(log) + ": " + line)
                        .forEach(complaints::add);
            }
        }
        return complaints;
    }

    @Override
    public void close() throws IOException {
        servers.forEach(ServerProcess::close);
        front.close();
        redis.close();
    }
}

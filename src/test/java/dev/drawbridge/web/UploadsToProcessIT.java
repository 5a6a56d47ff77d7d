package dev.drawbridge.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.FreePort;
import dev.drawbridge.assets.Samples;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A server that takes uploads")
class UploadsToProcessIT {
    private static final int KILLS = 4;
    private static final int ACKNOWLEDGED_BETWEEN = 25;
    private static final int AT_ONCE = 20;
    private static final int LARGE = 10 * 1024 * 1024 - 200;
    private static final Pattern CONTENT = Pattern.compile("content\\.([0-9a-f]{64})");

    @TempDir
    Path folder;

    private final HttpClient http = HttpClient.newHttpClient();

    @AfterEach
    void close() {
        http.shutdownNow();
    }

    private ServerProcess start(List<String> flags) throws IOException {
        return ServerProcess.start(
                folder,
                FreePort.next(),
                flags,
                List.of(
                        "--drawbridge.store.sqlite.path=" + folder.resolve("rooms.db"),
                        "--drawbridge.assets.directory=" + folder.resolve("assets"),
                        "--drawbridge.assets.uploads-per-minute=100000",
                        "--drawbridge.admin.token=secret"));
    }

    private int put(ServerProcess server, String id, byte[] content) throws IOException, InterruptedException {
        return http.send(
                        request(server, "/uploads/" + id)
                                .PUT(BodyPublishers.ofByteArray(content))
                                .build(),
                        BodyHandlers.discarding())
                .statusCode();
    }

    private HttpResponse<byte[]> get(ServerProcess server, String path) throws IOException, InterruptedException {
        return http.send(
                request(server, path).header("Authorization", "Bearer secret").build(), BodyHandlers.ofByteArray());
    }

    private static HttpRequest.Builder request(ServerProcess server, String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                .timeout(Duration.ofMinutes(2));
    }

    private List<Path> files(String name) throws IOException {
        Path root = folder.resolve("assets").resolve(name);
        if (!Files.exists(root)) {
            return List.of();
        }
        try (Stream<Path> all = Files.walk(root)) {
            return all.filter(Files::isRegularFile)
                    .filter(file -> !file.toString().endsWith(".lock"))
                    .toList();
        }
    }

    @Test
    @DisplayName("and is killed in the middle of one has nothing half of it, and all that it acknowledged")
    void killedInTheMiddle() throws Exception {
        byte[] content = Samples.png(9_000_000);
        try (ServerProcess server = start(List.of())) {
            assertThat(put(server, "whole", content)).isEqualTo(201);
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
                socket.getOutputStream()
                        .write(("PUT /uploads/half?room=a HTTP/1.1\r\nHost: a\r\nContent-Length: " + content.length
                                        + "\r\n\r\n")
                                .getBytes(StandardCharsets.US_ASCII));
                socket.getOutputStream().write(content, 0, 5_000_000);
                Awaitility.await().until(() -> files("tmp").stream().anyMatch(file -> sizeOf(file) > 4_000_000));
                server.kill();
            }
        }
        assertThat(files("tmp")).as("what it left").isNotEmpty();

        try (ServerProcess server = start(List.of())) {
            assertThat(files("tmp")).isEmpty();
            assertThat(get(server, "/uploads/half").statusCode()).isEqualTo(404);
            assertThat(get(server, "/uploads/whole").body()).isEqualTo(content);
            assertThat(new String(get(server, "/admin/v1/assets").body(), StandardCharsets.UTF_8))
                    .contains("\"count\":1");
            assertThat(put(server, "half", content)).isEqualTo(201);
        }
    }

    private static long sizeOf(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            return 0;
        }
    }

    @Test
    @DisplayName("and is killed at any moment, many times, has whole assets only, and all that it acknowledged")
    void killedAtAnyMoment() throws Exception {
        Map<String, byte[]> acknowledged = new ConcurrentHashMap<>();
        AtomicInteger next = new AtomicInteger();
        for (int kill = 1; kill <= KILLS; kill++) {
            int before = acknowledged.size();
            try (ServerProcess server = start(List.of());
                    var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                assertThatAllAreThere(server, acknowledged);
                AtomicBoolean killed = new AtomicBoolean();
                for (int i = 0; i < 4; i++) {
                    var _ = threads.submit(() -> {
                        while (!killed.get()) {
                            int number = next.incrementAndGet();
                            byte[] content = Samples.png(10_000 + number * 37 % 300_000);
                            if (put(server, "asset-" + number, content) == 201) {
                                acknowledged.put("asset-" + number, content);
                            }
                        }
                        return null;
                    });
                }
                Awaitility.await()
                        .atMost(Duration.ofMinutes(1))
                        .until(() -> acknowledged.size() >= before + ACKNOWLEDGED_BETWEEN);
                killed.set(true);
                server.kill();
            }
        }
        try (ServerProcess server = start(List.of())) {
            assertThatAllAreThere(server, acknowledged);
            assertThat(files("tmp")).isEmpty();
            for (Path file : files("objects")) {
                Matcher name = CONTENT.matcher(file.getFileName().toString());
                if (name.matches()) {
                    assertThat(sha256(Files.readAllBytes(file))).isEqualTo(name.group(1));
                    assertThat(file.resolveSibling("asset.json")).isNotEmptyFile();
                }
            }
        }
    }

    private void assertThatAllAreThere(ServerProcess server, Map<String, byte[]> acknowledged) throws Exception {
        for (Map.Entry<String, byte[]> asset : acknowledged.entrySet()) {
            assertThat(get(server, "/uploads/" + asset.getKey()).body())
                    .as(asset.getKey())
                    .isEqualTo(asset.getValue());
        }
    }

    private static String sha256(byte[] content) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    }

    /** The first has to begin before any may end: all of them are there at once. */
    @Test
    @DisplayName("takes twenty of 10 MB at once in a heap that is smaller than these")
    void twentyAtOnce() throws Exception {
        Path log = folder.resolve("gc.log");
        byte[] content = Samples.png(LARGE);
        byte[] rest = new byte[1000];
        System.arraycopy(content, content.length - rest.length, rest, 0, rest.length);
        try (ServerProcess server = start(List.of("-Xmx128m", "-XX:+UseG1GC", "-Xlog:gc:file=" + log));
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            assertThat(put(server, "warm-up", Samples.png())).isEqualTo(201);
            long before = mostLive(log);
            CountDownLatch allButEnded = new CountDownLatch(AT_ONCE);
            List<Future<String>> answers = new ArrayList<>();
            for (int i = 0; i < AT_ONCE; i++) {
                String id = "large-" + i;
                answers.add(threads.submit(() -> {
                    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
                        socket.getOutputStream()
                                .write(("PUT /uploads/" + id + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n"
                                                + "Content-Length: " + content.length + "\r\n\r\n")
                                        .getBytes(StandardCharsets.US_ASCII));
                        socket.getOutputStream().write(content, 0, content.length - rest.length);
                        allButEnded.countDown();
                        allButEnded.await();
                        socket.getOutputStream().write(rest);
                        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                    }
                }));
            }
            for (Future<String> answer : answers) {
                assertThat(answer.get()).startsWith("HTTP/1.1 201 ");
            }
            long during = mostLive(log);
            System.out.printf(
                    "twenty uploads of 10 MB at once: %d MB of heap after a collection at most, %d MB before%n",
                    during, before);
            assertThat(during).as("MB of heap after a collection").isLessThan(100);
            for (int i = 0; i < AT_ONCE; i += 7) {
                assertThat(get(server, "/uploads/large-" + i).body()).isEqualTo(content);
            }
        }
    }

    /** In MB, after any collection so far. */
    private static long mostLive(Path log) throws IOException {
        Matcher collection = Pattern.compile("Pause Young .*?(\\d+)M->(\\d+)M").matcher(Files.readString(log));
        long most = 0;
        while (collection.find()) {
            most = Math.max(most, Long.parseLong(collection.group(2)));
        }
        return most;
    }
}

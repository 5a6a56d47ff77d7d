package dev.drawbridge.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.DrawbridgeApplication;
import dev.drawbridge.FreePort;
import dev.drawbridge.json.Json;
import dev.drawbridge.json.JsonArray;
import dev.drawbridge.json.JsonObject;
import dev.drawbridge.json.JsonValue;
import java.io.File;
import java.io.InputStream;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands as processes of their own, on stores and on a server that are there for it. */
@DisplayName("The commands of the jar")
class CommandsIT {
    private static final String TOKEN = "a-token-for-this-test-only";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @SuppressWarnings("NullAway.Init") // before each test
    private Path files;

    /** What a process has said, and how it ended. */
    private record Ended(int code, String said) {}

    @BeforeEach
    void files() throws Exception {
        files = Files.createDirectory(folder.resolve("files"));
    }

    @Test
    @DisplayName("import takes what it can, says of all else why not, and leaves nothing half there")
    void importFiles() throws Exception {
        for (String name : List.of("board.db", "older.db", "prefixed.db", "board.json")) {
            Files.write(files.resolve(name), resource(name));
        }
        Files.move(files.resolve("board.json"), files.resolve("snapshot.json"));
        Files.write(files.resolve("My board.db"), resource("board.db"));
        Files.write(files.resolve("older.sqlite"), resource("older.db"));
        Files.write(files.resolve("cut.db"), Arrays.copyOf(resource("board.db"), 20_000));
        Files.writeString(files.resolve("text.tldr"), "hello");
        Files.writeString(files.resolve("unfinished.tldr"), "{\"tldrawFileFormatVersion\":1,\"records\":[");
        Files.writeString(files.resolve("deep.tldr"), "{\"a\":" + "[".repeat(10_000) + "]".repeat(10_000) + "}");
        Files.writeString(files.resolve("half.tldr"), half());
        Files.createFile(files.resolve("empty.db"));
        Files.createSymbolicLink(files.resolve("link.db"), Path.of("board.db"));
        Files.createDirectory(files.resolve("folder.db"));
        Files.writeString(files.resolve("notes.txt"), "nothing of interest");

        Path report = folder.resolve("report.json");
        Ended ended = run("import", files.toString(), "--report", report.toString(), store("one"));

        assertThat(ended.code).as(ended.said).isEqualTo(1);
        assertThat(ended.said)
                .contains("board: taken, 5 records, with its history")
                .contains("4 taken, 10 NOT TAKEN, 1 files of other kinds left alone")
                .doesNotContain("Exception", "\tat ");
        Map<String, String> results = results(report);
        assertThat(results)
                .containsEntry("board.db", "created")
                .containsEntry("older.db", "created")
                .containsEntry("prefixed.db", "created")
                .containsEntry("snapshot.json", "created")
                .containsEntry("notes.txt", "ignored");
        assertThat(results.get("My board.db")).contains("is no id of a room");
        assertThat(results.get("older.sqlite")).contains("the room is in another file too");
        assertThat(results.get("cut.db")).contains("the database is damaged");
        assertThat(results.get("text.tldr")).contains("neither a database nor JSON");
        assertThat(results.get("unfinished.tldr")).contains("neither a database nor JSON");
        assertThat(results.get("deep.tldr")).contains("nested too deep");
        assertThat(results.get("half.tldr")).contains("page:bad").contains("index");
        assertThat(results.get("empty.db")).contains("it is empty");
        assertThat(results.get("link.db")).contains("symbolic link");
        assertThat(results.get("folder.db")).contains("no regular file");

        Ended exported = run("export", folder.resolve("out").toString(), "--format=snapshot", store("one"));
        assertThat(exported.code).as(exported.said).isZero();
        assertThat(names(folder.resolve("out")))
                .containsExactly("board.json", "older.json", "prefixed.json", "snapshot.json");
    }

    @Test
    @DisplayName("what export writes import takes in as the same rooms, whatever they are called")
    void roundTrip() throws Exception {
        for (String name : List.of("board", "%42oard", "%2e", "con", "x~1_2-3.4")) {
            Files.write(files.resolve(name + ".db"), resource("board.db"));
        }
        assertThat(run("import", files.toString(), store("one")).code).isZero();

        for (String format : List.of("tldr", "snapshot")) {
            Path first = folder.resolve("first-" + format);
            Path second = folder.resolve("second-" + format);
            assertThat(run("export", first.toString(), "--format", format, store("one")).code)
                    .isZero();
            assertThat(run("import", first.toString(), store("two-" + format)).code)
                    .isZero();
            assertThat(run("export", second.toString(), "--format", format, store("two-" + format)).code)
                    .isZero();

            assertThat(names(first)).hasSize(5);
            assertThat(names(second)).isEqualTo(names(first));
            for (String name : names(first)) {
                assertThat(records(second.resolve(name))).isEqualTo(records(first.resolve(name)));
            }
        }
        Ended again = run("export", folder.resolve("first-tldr").toString(), store("one"));
        assertThat(again.code).isEqualTo(3);
        assertThat(again.said).contains("is not empty: nothing was written");
    }

    @Test
    @DisplayName("a store that a server has is not touched; through the server it is")
    void server() throws Exception {
        Files.write(files.resolve("board.db"), resource("board.db"));
        int port = FreePort.next();
        Process server = start(
                "--server.port=" + port,
                "--server.address=127.0.0.1",
                "--drawbridge.admin.token=" + TOKEN,
                store("one"));
        try {
            awaitReady(port);
            Ended aside = run("import", files.toString(), store("one"));
            assertThat(aside.code).isEqualTo(3);
            assertThat(aside.said)
                    .contains("is in use by another process", "--server=")
                    .doesNotContain("\tat ");

            String address = "--server=http://127.0.0.1:" + port;
            assertThat(run("import", files.toString(), address).said).contains("needs the token of its admin API");
            assertThat(run("import", files.toString(), address, "--token=wrong").said)
                    .contains("does not accept the token");

            Ended through = run("import", files.toString(), address, "--token=" + TOKEN);
            assertThat(through.code).as(through.said).isZero();
            assertThat(through.said).contains("board: taken, 5 records, with its history");

            assertThat(run("import", files.toString(), address, "--token=" + TOKEN).code)
                    .isEqualTo(1);
            assertThat(run("import", files.toString(), address, "--token=" + TOKEN, "--skip").code)
                    .isZero();
            assertThat(run("import", files.toString(), address, "--token=" + TOKEN, "--replace").said)
                    .contains("board: replaced, 5 records");
            assertThat(run("import", files.toString(), address, "--token=" + TOKEN, "--prefix=team-").said)
                    .contains("team-board: taken, 5 records\n");

            Path out = folder.resolve("out");
            assertThat(run("export", out.toString(), address, "--token=" + TOKEN).code)
                    .isZero();
            assertThat(names(out)).containsExactly("board.tldr", "team-board.tldr");
        } finally {
            server.destroy();
            server.waitFor(30, TimeUnit.SECONDS);
            server.destroyForcibly();
        }
    }

    @Test
    @DisplayName("a command line that is wrong is explained")
    void misused() throws Exception {
        for (String[] wrong : new String[][] {
            {"import"},
            {"import", "x", "--replace", "--skip"},
            {"export", "x", "--format=pdf"},
            {"import", "x", "--what"}
        }) {
            Ended ended = run(wrong);
            assertThat(ended.code).as(ended.said).isEqualTo(2);
            assertThat(ended.said).contains("Usage: drawbridge").doesNotContain("Exception");
        }
        assertThat(run("import", "--help").code).isZero();
    }

    /** A room of which one record does not pass. */
    private static String half() throws Exception {
        JsonObject board = (JsonObject) Json.parse(resource("board.json"));
        return "{\"tldrawFileFormatVersion\":1,\"schema\":" + board.get("schema") + ",\"records\":["
                + "{\"id\":\"page:good\",\"typeName\":\"page\",\"name\":\"\",\"index\":\"a1\",\"meta\":{}},"
                + "{\"id\":\"page:bad\",\"typeName\":\"page\",\"name\":\"\",\"index\":7,\"meta\":{}}]}";
    }

    private static Map<String, String> results(Path report) throws Exception {
        Map<String, String> results = new TreeMap<>();
        JsonObject json = (JsonObject) Json.parse(Files.readAllBytes(report));
        for (JsonValue each : ((JsonArray) Objects.requireNonNull(json.get("files"))).items()) {
            JsonObject file = (JsonObject) each;
            String why = file.string("why");
            results.put(
                    String.valueOf(Path.of(String.valueOf(file.string("file"))).getFileName()),
                    why == null ? String.valueOf(file.string("result")) : why);
        }
        return results;
    }

    /** The records of an exported file, without the clocks. */
    private static List<String> records(Path file) throws Exception {
        JsonObject json = (JsonObject) Json.parse(Files.readAllBytes(file));
        boolean tldr = json.has("records");
        JsonArray items = (JsonArray) Objects.requireNonNull(json.get(tldr ? "records" : "documents"));
        return items.items().stream()
                .map(each -> String.valueOf(tldr ? each : ((JsonObject) each).get("state")))
                .sorted()
                .toList();
    }

    private static List<String> names(Path folder) throws Exception {
        try (Stream<Path> inside = Files.list(folder)) {
            return inside.map(each -> String.valueOf(each.getFileName()))
                    .sorted()
                    .toList();
        }
    }

    private String store(String name) {
        return "--drawbridge.store.sqlite.path=" + folder.resolve(name).resolve("rooms.db");
    }

    private Ended run(String... arguments) throws Exception {
        Process process = start(arguments);
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        System.out.println(said);
        return new Ended(process.exitValue(), said);
    }

    private Process start(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                classPath(),
                DrawbridgeApplication.class.getName()));
        command.addAll(Arrays.asList(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().remove("DRAWBRIDGE_ADMIN_TOKEN");
        boolean isServer = arguments[0].startsWith("--");
        if (isServer) {
            builder.redirectOutput(new File(folder.toFile(), "server.log"));
        }
        return builder.start();
    }

    /** That of this test, however it was started. */
    private static String classPath() {
        return CommandsIT.class.getClassLoader() instanceof URLClassLoader loader
                ? Arrays.stream(loader.getURLs()).map(URL::getPath).collect(Collectors.joining(File.pathSeparator))
                : System.getProperty("java.class.path");
    }

    private static void awaitReady(int port) {
        HttpRequest ready = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + port + "/actuator/health/readiness"))
                .build();
        Awaitility.await().atMost(Duration.ofSeconds(60)).ignoreExceptions().until(() -> {
            try (HttpClient http = HttpClient.newHttpClient()) {
                return http.send(ready, BodyHandlers.discarding()).statusCode() == 200;
            }
        });
    }

    private static byte[] resource(String name) throws Exception {
        try (InputStream in = CommandsIT.class.getResourceAsStream("/moving/" + name)) {
            return Objects.requireNonNull(in).readAllBytes();
        }
    }
}

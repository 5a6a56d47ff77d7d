package dev.drawbridge.command;

import dev.drawbridge.host.RoomImport;
import dev.drawbridge.json.Json;
import dev.drawbridge.json.JsonArray;
import dev.drawbridge.json.JsonBoolean;
import dev.drawbridge.json.JsonException;
import dev.drawbridge.json.JsonNumber;
import dev.drawbridge.json.JsonObject;
import dev.drawbridge.json.JsonValue;
import dev.drawbridge.room.ObjectLane;
import dev.drawbridge.room.SnapshotFormat;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The rooms of a running server, through its admin API: whoever is in one sees what happens. */
final class ServerRooms implements Rooms {
    private static final int PIPE = 64 << 10;
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();
    private final URI server;
    private final String token;

    ServerRooms(URI server, String token) {
        this.server = server;
        this.token = token;
    }

    @Override
    public String where() {
        return server.toString();
    }

    @Override
    public boolean exists(String roomId) throws NotDoneException {
        HttpResponse<byte[]> answer = send(request(room(roomId)).GET().build());
        if (answer.statusCode() == 404) {
            return false;
        }
        object(answer, 200);
        return true;
    }

    @Override
    public RoomImport.Outcome take(String roomId, RoomImport wanted) throws NotDoneException {
        String query = "/import?ifExists=" + (wanted.replace() ? "replace" : "refuse") + "&history="
                + (wanted.goesOn() ? "kept" : "new");
        HttpResponse<byte[]> answer = send(request(room(roomId) + query)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofInputStream(() -> text(wanted)))
                .build());
        JsonObject body = object(answer, 200, 201);
        return new RoomImport.Outcome(
                body.get("created") == JsonBoolean.TRUE,
                body.get("historyKept") == JsonBoolean.TRUE,
                (int) number(body.get("records")),
                (long) number(body.get("documentClock")),
                counts(body.get("leftOut")),
                Optional.empty());
    }

    /** The snapshot as it is written, a piece at a time. */
    private static InputStream text(RoomImport wanted) {
        PipedInputStream in = new PipedInputStream(PIPE);
        try {
            PipedOutputStream out = new PipedOutputStream(in);
            Thread.ofPlatform().daemon().name("snapshot").start(() -> {
                try (out) {
                    SnapshotFormat.write(wanted.content(), ObjectLane.NONE, out);
                } catch (IOException e) {
                    // the server does not want the rest: what it says is read by whoever has sent it
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return in;
    }

    @Override
    public Iterable<String> ids() {
        return Pages.of(after -> {
            try {
                String cursor = after.map(text -> "&cursor=" + URLEncoder.encode(text, StandardCharsets.UTF_8))
                        .orElse("");
                JsonObject page =
                        object(send(request("/rooms?limit=200" + cursor).GET().build()), 200);
                List<String> ids = new ArrayList<>();
                if (page.get("rooms") instanceof JsonArray(List<JsonValue> rooms)) {
                    rooms.forEach(each -> ids.add(String.valueOf(((JsonObject) each).string("id"))));
                }
                return new Pages.Page(ids, Optional.ofNullable(page.string("next")));
            } catch (NotDoneException e) {
                throw new CommandFailedException("The rooms cannot be listed: " + e.getMessage());
            }
        });
    }

    @Override
    public void write(String roomId, RoomFormat format, OutputStream out) throws NotDoneException, IOException {
        HttpRequest request =
                request(room(roomId) + "/export?format=" + format.name()).GET().build();
        try {
            HttpResponse<InputStream> answer = http.send(request, BodyHandlers.ofInputStream());
            try (InputStream body = answer.body()) {
                if (answer.statusCode() != 200) {
                    throw refused(answer.statusCode(), body.readAllBytes());
                }
                body.transferTo(out);
            }
        } catch (InterruptedException e) {
            throw interrupted();
        }
    }

    private static String room(String roomId) {
        return "/rooms/" + roomId; // ids need no escaping
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(server + "/admin/v1" + path))
                .timeout(PATIENCE)
                .header("Authorization", "Bearer " + token);
    }

    private HttpResponse<byte[]> send(HttpRequest request) throws NotDoneException {
        try {
            return http.send(request, BodyHandlers.ofByteArray());
        } catch (ConnectException | HttpConnectTimeoutException e) {
            throw new CommandFailedException("The server " + server + " cannot be reached.");
        } catch (IOException e) {
            throw new NotDoneException(
                    "the connection to the server broke (" + e.getMessage() + "); whether it was done is unknown");
        } catch (InterruptedException e) {
            throw interrupted();
        }
    }

    private static CommandFailedException interrupted() {
        Thread.currentThread().interrupt();
        return new CommandFailedException("Interrupted");
    }

    private JsonObject object(HttpResponse<byte[]> answer, int... expected) throws NotDoneException {
        for (int status : expected) {
            if (answer.statusCode() == status && parsed(answer.body()) instanceof JsonObject body) {
                return body;
            }
        }
        throw refused(answer.statusCode(), answer.body());
    }

    /** What the server has against it, in its words. */
    private NotDoneException refused(int status, byte[] body) {
        String detail = parsed(body) instanceof JsonObject problem ? problem.string("detail") : null;
        if (status == 401) {
            throw new CommandFailedException("The server " + server + " does not accept the token of its admin API."
                    + " Set DRAWBRIDGE_ADMIN_TOKEN, or --token-file.");
        }
        if (status == 404 && detail == null) {
            throw new CommandFailedException("There is no admin API at " + server + "/admin/v1.");
        }
        return new NotDoneException(detail == null ? "the server answered " + status : detail);
    }

    private static @Nullable JsonValue parsed(byte[] body) {
        try {
            return Json.parse(body);
        } catch (JsonException e) {
            return null;
        }
    }

    private static double number(@Nullable JsonValue value) {
        return value instanceof JsonNumber(double number) ? number : 0;
    }

    private static SortedMap<String, Integer> counts(@Nullable JsonValue value) {
        SortedMap<String, Integer> counts = new TreeMap<>();
        if (value instanceof JsonObject object) {
            object.entries().forEach(each -> counts.put(each.getKey(), (int) number(each.getValue())));
        }
        return counts;
    }

    @Override
    public void close() {
        http.close();
    }
}

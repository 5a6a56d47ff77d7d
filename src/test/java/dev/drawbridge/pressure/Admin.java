package dev.drawbridge.pressure;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** Somebody who operates the server over HTTP. */
final class Admin {
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final int port;

    Admin(int port) {
        this.port = port;
    }

    int port() {
        return port;
    }

    HttpResponse<String> get(String path, Duration atMost) throws IOException {
        return send(request(path, atMost).GET());
    }

    int unload(String room) throws IOException {
        return send(request("/admin/v1/rooms/" + room + "/unload", Duration.ofMinutes(1))
                        .POST(BodyPublishers.noBody()))
                .statusCode();
    }

    int delete(String path) throws IOException {
        return send(request("/admin/v1" + path, Duration.ofMinutes(1)).DELETE()).statusCode();
    }

    /** Makes a room of a document that is written while it is sent. */
    int create(String room, Shapes shapes) throws IOException {
        return send(request("/admin/v1/rooms", Duration.ofMinutes(2))
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofInputStream(() -> shapes.createRoom(room))))
                .statusCode();
    }

    /** How many take part in a room. */
    int connected(String room) throws IOException {
        String sessions = get("/admin/v1/rooms/" + room + "/sessions", Duration.ofSeconds(30))
                .body();
        return sessions.split("\"state\":\"connected\"", -1).length - 1;
    }

    String snapshot(String room) throws IOException {
        return get("/admin/v1/rooms/" + room + "/snapshot", Duration.ofMinutes(1))
                .body();
    }

    private HttpRequest.Builder request(String path, Duration atMost) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(atMost)
                .header("Authorization", "Bearer " + AttackedServer.TOKEN);
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws IOException {
        try {
            return HTTP.send(request.build(), BodyHandlers.ofString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }
}

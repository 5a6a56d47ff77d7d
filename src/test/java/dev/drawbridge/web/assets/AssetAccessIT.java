package dev.drawbridge.web.assets;

import static dev.drawbridge.security.Tokens.SECRET;
import static dev.drawbridge.security.Tokens.claims;
import static dev.drawbridge.security.Tokens.signed;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.drawbridge.assets.Asset;
import dev.drawbridge.assets.AssetStore;
import dev.drawbridge.assets.Samples;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Who may upload, and see what was uploaded")
class AssetAccessIT {
    @TempDir
    Path folder;

    private @Nullable AssetServer running;
    private @Nullable AssetClient connected;

    private void start(String... settings) {
        running = AssetServer.start(folder, settings);
        connected = new AssetClient(running.port());
    }

    private AssetServer server() {
        return Objects.requireNonNull(running);
    }

    private AssetClient client() {
        return Objects.requireNonNull(connected);
    }

    private void startWithTokens(String... settings) {
        String[] all = Stream.concat(
                        Stream.of("--drawbridge.access.mode=jwt", "--drawbridge.access.jwt.secret=" + SECRET),
                        Arrays.stream(settings))
                .toArray(String[]::new);
        start(all);
    }

    @AfterEach
    void stop() {
        client().close();
        server().close();
    }

    private static String newId() {
        return UUID.randomUUID().toString();
    }

    private static String token(Object rooms) {
        return signed(claims().claim("rooms", rooms));
    }

    private static String viewer() {
        JWTClaimsSet.Builder viewer = claims().claim("permission", "view");
        return signed(viewer);
    }

    private int put(String pathAndQuery, String... headers) throws Exception {
        return client().put(pathAndQuery, Samples.png(), headers).statusCode();
    }

    private Optional<String> room(String id) {
        return server().bean(AssetStore.class).find(id).flatMap(Asset::room);
    }

    @Test
    @DisplayName("with tokens: upload those who may edit the room, by query or header; see those who know the id")
    void tokens() throws Exception {
        startWithTokens();
        String id = newId();

        assertThat(put("/uploads/" + id + "?room=a&token=" + token("a"))).isEqualTo(201);
        assertThat(put("/api/uploads/" + newId() + "?room=a", "Authorization", "Bearer " + token(List.of("a", "b"))))
                .isEqualTo(201);
        assertThat(put("/uploads/" + newId() + "?room=b&token=" + token("a"))).isEqualTo(403);
        assertThat(put("/uploads/" + newId() + "?room=a&token=" + viewer())).isEqualTo(403);
        assertThat(put("/uploads/" + newId() + "?room=a&token=nonsense")).isEqualTo(401);
        HttpResponse<byte[]> nobody = client().put("/uploads/" + newId() + "?room=a", Samples.png());
        assertThat(nobody.statusCode()).isEqualTo(401);
        assertThat(nobody.headers().firstValue("WWW-Authenticate")).contains("Bearer");

        assertThat(client().get("/uploads/" + id).statusCode()).isEqualTo(200);
        assertThat(client().get("/uploads/" + newId()).statusCode()).isEqualTo(404);
    }

    @Test
    @DisplayName("with tokens: one for a single room tells the room, one for several leaves it open")
    void roomOfToken() throws Exception {
        startWithTokens();
        String single = newId();
        String several = newId();

        assertThat(put("/uploads/" + single + "?token=" + token("team-retro"))).isEqualTo(201);
        assertThat(put("/uploads/" + several + "?token=" + token("team-*"))).isEqualTo(201);

        assertThat(room(single)).contains("team-retro");
        assertThat(room(several)).isEmpty();
    }

    @Test
    @DisplayName("when reading is not public: see those who may see the room it was brought to")
    void reading() throws Exception {
        startWithTokens("--drawbridge.assets.public-read=false");
        String id = newId();
        assertThat(put("/uploads/" + id + "?token=" + token("a"))).isEqualTo(201);

        assertThat(put("/uploads/" + newId() + "?token=" + token("team-*")))
                .as("without a room nobody could tell who may see it")
                .isEqualTo(400);
        HttpResponse<byte[]> seen = client().get("/uploads/" + id + "?token=" + viewer());
        assertThat(seen.statusCode()).isEqualTo(200);
        assertThat(seen.headers().firstValue("Cache-Control")).contains("private, max-age=31536000, immutable");
        assertThat(client().get("/uploads/" + id, "Authorization", "Bearer " + token("a"))
                        .statusCode())
                .isEqualTo(200);
        assertThat(client().get("/uploads/" + id + "?room=b&token=" + token("b"))
                        .statusCode())
                .as("whichever room is named")
                .isEqualTo(403);
        HttpResponse<byte[]> nobody = client().get("/uploads/" + id);
        assertThat(nobody.statusCode()).isEqualTo(401);
        assertThat(nobody.headers().firstValue("Cache-Control")).contains("no-store");
    }

    @Test
    @DisplayName("with a webhook that is not there: nobody, for now, and the room has to be named")
    void unavailable() throws Exception {
        start("--drawbridge.access.mode=webhook", "--drawbridge.access.webhook.url=http://127.0.0.1:1/");

        HttpResponse<byte[]> later = client().put("/uploads/" + newId() + "?room=a", Samples.png());
        assertThat(later.statusCode()).isEqualTo(503);
        assertThat(later.headers().firstValue("Retry-After")).isPresent();
        assertThat(put("/uploads/" + newId())).isEqualTo(400);
    }

    @Test
    @DisplayName("operators list what there is, by room, with what it takes, and delete it")
    void admin() throws Exception {
        start();
        for (String id : List.of("one", "two", "three", "a/b;c%d")) {
            String room = id.equals("two") ? "b" : "a";
            assertThat(put("/uploads/" + AssetClient.encoded(id) + "?room=" + room))
                    .isEqualTo(201);
        }
        long size = Samples.png().length;

        String all = admin("GET", "/admin/v1/assets", 200);
        assertThat(all)
                .contains("\"id\":\"two\"", "\"room\":\"b\"", "\"type\":\"image/png\"")
                .contains("\"bytes\":" + 4 * size, "\"count\":4");
        String first = admin("GET", "/admin/v1/assets?limit=3", 200);
        String next = first.replaceAll("(?s).*\"next\":\"([^\"]+)\".*", "$1");
        assertThat(admin("GET", "/admin/v1/assets?limit=3&cursor=" + next, 200))
                .containsOnlyOnce("\"id\"")
                .doesNotContain("\"next\"");
        for (String path : List.of("/admin/v1/rooms/b/assets", "/admin/v1/assets?room=b")) {
            assertThat(admin("GET", path, 200)).contains("\"id\":\"two\"", "\"count\":1", "\"bytes\":" + size);
        }
        assertThat(admin("GET", "/admin/v1/rooms/nobody/assets", 200)).contains("\"assets\":[]", "\"count\":0");
        admin("GET", "/admin/v1/assets?cursor=no", 400);
        admin("GET", "/admin/v1/assets?limit=0", 400);

        admin("DELETE", "/admin/v1/assets/two", 204);
        assertThat(admin("DELETE", "/admin/v1/assets/two", 404)).contains("asset-not-found");
        admin("DELETE", "/admin/v1/assets?id=" + AssetClient.encoded("a/b;c%d"), 204);
        assertThat(client().get("/uploads/two").statusCode()).isEqualTo(404);
        assertThat(admin("GET", "/admin/v1/assets", 200)).contains("\"count\":2");
        assertThat(client().get("/admin/v1/assets").statusCode()).isEqualTo(401);
    }

    private String admin(String method, String path, int status) throws Exception {
        HttpResponse<byte[]> response = client().send(client().request(path)
                .method(method, BodyPublishers.noBody())
                .header("Authorization", "Bearer secret"));
        assertThat(response.statusCode()).as(AssetClient.text(response)).isEqualTo(status);
        return AssetClient.text(response);
    }
}

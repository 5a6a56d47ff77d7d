package dev.drawbridge.config.schema;

import dev.drawbridge.config.HttpUrl;
import dev.drawbridge.config.MigratorProperties;
import dev.drawbridge.config.SecretFile;
import dev.drawbridge.config.SettingException;
import dev.drawbridge.json.Json;
import dev.drawbridge.json.JsonArray;
import dev.drawbridge.json.JsonException;
import dev.drawbridge.json.JsonObject;
import dev.drawbridge.json.JsonValue;
import dev.drawbridge.schema.CodeMigrator;
import dev.drawbridge.schema.Migration;
import dev.drawbridge.schema.MigrationException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Asks a service of the team's own for the migrations that are code. It holds up the thread that opens a room, so it works for
 * a few rooms at a time: those beyond are told to come again, or nobody else's rooms could be opened any more.
 *
 * <p>{@code POST {"migration", "sequence", "from", "to", "records": […]}} is answered by {@code {"records": […]}}.
 */
final class HttpMigrator implements CodeMigrator, AutoCloseable {
    /** Of what came, so many times may come back, and some more. */
    private static final int MOST_GROWTH = 4;

    private static final int ALWAYS_ALLOWED = 4 << 20;

    private final URI url;
    private final String authorization;
    private final Duration timeout;
    private final Semaphore turns;
    private final HttpClient http;

    HttpMigrator(MigratorProperties settings) {
        HttpUrl.checked("drawbridge.schema.migrator.url", settings.url());
        this.url = Objects.requireNonNull(settings.url());
        String token = token(settings);
        this.authorization = token == null ? "" : "Bearer " + token;
        this.timeout = settings.timeout();
        this.turns = new Semaphore(settings.maxConcurrent());
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(timeout)
                .followRedirects(HttpClient.Redirect.NEVER) // it would carry the token elsewhere
                .executor(Executors.newThreadPerTaskExecutor(
                        Thread.ofVirtual().name("migrator-", 0).factory()))
                .build();
    }

    private static @Nullable String token(MigratorProperties settings) {
        if (settings.token() != null && settings.tokenFile() != null) {
            throw new SettingException(
                    "drawbridge.schema.migrator.token", null, "is set, and so is token-file", "Set one of the two.");
        }
        return settings.tokenFile() == null
                ? settings.token()
                : SecretFile.read("drawbridge.schema.migrator.token-file", settings.tokenFile());
    }

    @Override
    public List<JsonObject> migrate(Migration.InCode migration, List<JsonObject> records) throws MigrationException {
        if (!turns.tryAcquire()) {
            throw failed(migration, "it works for as many rooms as it may (drawbridge.schema.migrator.max-concurrent)");
        }
        try {
            return ask(migration, records);
        } finally {
            turns.release();
        }
    }

    private List<JsonObject> ask(Migration.InCode migration, List<JsonObject> records) throws MigrationException {
        byte[] question = Json.encode(JsonObject.builder()
                .put("migration", migration.id())
                .put("sequence", migration.sequence())
                .put("from", migration.version() - 1)
                .put("to", migration.version())
                .put("records", new JsonArray(List.copyOf(records)))
                .build());
        HttpRequest.Builder request = HttpRequest.newBuilder(url)
                .header("Content-Type", "application/json")
                .header("Accept", "application/json")
                .POST(BodyPublishers.ofByteArray(question));
        if (!authorization.isEmpty()) {
            request.header("Authorization", authorization);
        }
        int most = ALWAYS_ALLOWED + MOST_GROWTH * question.length;
        HttpResponse<byte[]> answer = await(
                migration, http.sendAsync(request.build(), BodyHandlers.limiting(BodyHandlers.ofByteArray(), most)));
        if (answer.statusCode() != 200) {
            throw failed(migration, "it has answered " + answer.statusCode());
        }
        return read(migration, answer.body());
    }

    /** The time is for all of it: an answer may trickle in. */
    private HttpResponse<byte[]> await(Migration.InCode migration, CompletableFuture<HttpResponse<byte[]>> asked)
            throws MigrationException {
        try {
            return asked.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            asked.cancel(true);
            throw failed(migration, "it has not answered within " + timeout.toMillis() + " ms");
        } catch (ExecutionException e) {
            throw failed(migration, "it cannot be asked: " + e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            asked.cancel(true);
            throw failed(migration, "the server is being stopped");
        }
    }

    private List<JsonObject> read(Migration.InCode migration, byte[] body) throws MigrationException {
        try {
            if (Json.parse(body) instanceof JsonObject answer
                    && answer.get("records") instanceof JsonArray(List<JsonValue> items)) {
                List<JsonObject> records = new ArrayList<>(items.size());
                for (JsonValue item : items) {
                    if (!(item instanceof JsonObject record)) {
                        throw failed(migration, "its answer has something else than objects among its \"records\"");
                    }
                    records.add(record);
                }
                return records;
            }
            throw failed(migration, "its answer has no \"records\"");
        } catch (JsonException e) {
            throw failed(migration, "its answer is not JSON");
        }
    }

    private MigrationException failed(Migration.InCode migration, String why) {
        return new MigrationException(
                migration.title() + " is code, and the migrator at " + shown() + " fails: " + why);
    }

    /** Without what may be secret in it. */
    private String shown() {
        return url.getScheme() + "://" + url.getHost() + (url.getPort() < 0 ? "" : ":" + url.getPort()) + url.getPath();
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}

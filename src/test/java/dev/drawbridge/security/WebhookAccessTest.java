package dev.drawbridge.security;

import static dev.drawbridge.security.Requests.request;
import static dev.drawbridge.security.Requests.with;
import static dev.drawbridge.security.Requests.withHeader;
import static dev.drawbridge.security.TestServer.respond;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.drawbridge.config.AccessProperties;
import dev.drawbridge.config.SettingException;
import dev.drawbridge.config.service.Bulkhead;
import dev.drawbridge.protocol.HostReason;
import dev.drawbridge.protocol.ObjectAccess;
import dev.drawbridge.protocol.RefusalReason;
import dev.drawbridge.security.AccessDecision.Allowed;
import dev.drawbridge.security.AccessDecision.Denied;
import dev.drawbridge.security.AccessDecision.Unavailable;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Access by webhook")
class WebhookAccessTest {
    private static final String YES =
            "{\"allow\":true,\"permission\":\"edit\",\"user\":{\"id\":\"7\",\"name\":\"Ada\"}}";

    private final TestServer service = TestServer.start();
    private final List<AutoCloseable> open = new ArrayList<>();
    private volatile Instant now = Instant.parse("2026-01-01T00:00:00Z");

    @AfterEach
    void stop() throws Exception {
        for (AutoCloseable each : open) {
            each.close();
        }
        service.close();
    }

    private WebhookAccess access(String... namesAndValues) {
        Map<String, String> settings = new HashMap<>(Map.of("webhook.url", service.url("/may-enter")));
        for (int i = 0; i < namesAndValues.length; i += 2) {
            settings.put("webhook." + namesAndValues[i], namesAndValues[i + 1]);
        }
        AccessProperties.Webhook webhook = Settings.access(settings).webhook();
        WebhookAccess access = new WebhookAccess(
                new WebhookQuestion(webhook.headers()),
                new WebhookCall(webhook),
                new Bulkhead<>(
                        "the webhook",
                        webhook.maxConcurrent(),
                        webhook.maxWaiting(),
                        webhook.timeout(),
                        System::nanoTime),
                webhook.cacheTtl(),
                () -> now);
        open.add(access);
        return access;
    }

    private void answer(int status, String body) {
        service.answer = exchange -> respond(exchange, status, body);
    }

    @Test
    @DisplayName("tells the service who wants to enter what, with the chosen headers only")
    void question() {
        List<String> seen = new ArrayList<>();
        service.answer = exchange -> {
            seen.add(exchange.getRequestMethod());
            seen.add(exchange.getRequestHeaders().getFirst("Authorization"));
            seen.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            respond(exchange, 200, YES);
        };
        AccessRequest request = withHeader(
                withHeader(with(request("room"), "ticket", "a b&ü"), "Cookie", "session=1"), "X-Other", "no");

        assertThat(access("headers", "cookie,X-Missing", "secret", "s3cret").decide(request))
                .isEqualTo(new Allowed(Permission.EDIT, "7", "Ada", null));
        assertThat(seen)
                .containsExactly(
                        "POST",
                        "Bearer s3cret",
                        "{\"room\":\"room\",\"query\":{\"ticket\":\"a b&ü\"},"
                                + "\"headers\":{\"cookie\":\"session=1\"},\"remoteAddress\":\"192.0.2.7\"}");
    }

    @Test
    @DisplayName("a yes without a permission gives view")
    void view() {
        answer(200, "{\"allow\":true}");
        assertThat(access().decide(request("room"))).isEqualTo(new Allowed(Permission.VIEW, null, null, null));
    }

    @ParameterizedTest(name = "a yes with {0} gives {1}, and {2} of objects")
    @CsvSource(delimiter = '|', textBlock = """
            "permission":"comment"                          | COMMENT | WRITE
            "permission":"edit","objectAccess":"read"       | EDIT    | READ
            "permission":"view","objectAccess":"write"      | VIEW    | WRITE
            """)
    void objects(String members, Permission permission, ObjectAccess objects) {
        answer(200, "{\"allow\":true," + members + "}");
        assertThat(access().decide(request("room"))).isEqualTo(new Allowed(permission, objects, null, null, null));
    }

    @Test
    @DisplayName("a yes may give the room's past")
    void history() {
        answer(200, "{\"allow\":true,\"history\":\"restore\"}");
        assertThat(access().decide(request("room")))
                .isInstanceOfSatisfying(
                        Allowed.class, allowed -> assertThat(allowed.history()).isEqualTo(HistoryAccess.RESTORE));
        answer(200, "{\"allow\":true,\"history\":\"all\"}");
        assertThat(access().decide(request("room"))).isInstanceOf(Unavailable.class);
    }

    @Test
    @DisplayName("a yes may end, and has ended when its end has passed")
    void end() {
        answer(200, "{\"allow\":true,\"expiresAt\":\"2026-01-01T01:01:00+01:00\"}");
        WebhookAccess access = access("cache-ttl", "0");
        assertThat(access.decide(request("room")))
                .isEqualTo(new Allowed(Permission.VIEW, null, null, Instant.parse("2026-01-01T00:01:00Z")));
        now = Instant.parse("2026-01-01T00:01:00Z");
        assertThat(access.decide(request("room")))
                .isInstanceOfSatisfying(
                        Denied.class, denied -> assertThat(denied.reason()).isEqualTo(RefusalReason.NOT_AUTHENTICATED));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Your trial has ended", "whatever", "Für heute ist Schluß"})
    @DisplayName("[§21.20] a no in words of the webhook's own is given in these words")
    void ownWords(String reason) {
        answer(200, "{\"allow\":false,\"reason\":\"" + reason + "\"}");
        assertThat(access().decide(request("room")))
                .isEqualTo(new Denied(new HostReason(reason), "the webhook said no"));
    }

    @ParameterizedTest(name = "a no for the reason {0} is {1}")
    @CsvSource({
        "'\"FORBIDDEN\"', FORBIDDEN",
        "'\"NOT_AUTHENTICATED\"', NOT_AUTHENTICATED",
        "'\"NOT_FOUND\"', NOT_FOUND",
        "'\"ROOM_FULL\"', ROOM_FULL",
        "'\"  \"', FORBIDDEN",
        "7, FORBIDDEN",
        "null, FORBIDDEN"
    })
    void no(String reason, RefusalReason expected) {
        answer(200, "{\"allow\":false,\"reason\":" + reason + "}");
        assertThat(access().decide(request("room"))).isEqualTo(new Denied(expected, "the webhook said no"));
    }

    @ParameterizedTest(name = "status {0} is {1}")
    @CsvSource({"401, NOT_AUTHENTICATED", "403, FORBIDDEN", "404, NOT_FOUND"})
    void status(int status, RefusalReason reason) {
        answer(status, "");
        assertThat(access().decide(request("room"))).isEqualTo(new Denied(reason, "the webhook answered " + status));
    }

    @ParameterizedTest(name = "status {0} lets nobody in, and is nobody''s fault")
    @ValueSource(ints = {201, 204, 302, 400, 429, 500, 503})
    void noAnswer(int status) {
        answer(status, status == 204 ? "" : YES);
        assertThat(access().decide(request("room"))).isEqualTo(new Unavailable("the webhook answered " + status));
    }

    @ParameterizedTest(name = "an answer that is not understood lets nobody in: {0}")
    @ValueSource(
            strings = {
                "",
                "yes",
                "[]",
                "true",
                "{}",
                "{\"allow\":\"true\"}",
                "{\"allow\":1}",
                "{\"allow\":true,\"permission\":\"admin\"}",
                "{\"allow\":true,\"permission\":7}",
                "{\"allow\":true,\"objectAccess\":\"all\"}",
                "{\"allow\":true,\"objectAccess\":true}",
                "{\"allow\":true,\"user\":\"ada\"}",
                "{\"allow\":true,\"user\":{\"id\":{}}}",
                "{\"allow\":true,\"expiresAt\":\"tomorrow\"}",
                "{\"allow\":true,\"expiresAt\":1767225600}",
                "{\"allow\":true"
            })
    void garbage(String body) {
        answer(200, body);
        assertThat(access().decide(request("room"))).isInstanceOf(Unavailable.class);
    }

    @Test
    @DisplayName("an endless answer is not read to its end")
    void endless() {
        answer(200, "{\"allow\":true,\"x\":\"" + "x".repeat(200_000) + "\"}");
        assertThat(access().decide(request("room"))).isInstanceOf(Unavailable.class);
    }

    @Test
    @DisplayName("nobody there: nobody is let in")
    void down() {
        WebhookAccess access = access();
        service.close();
        assertThat(access.decide(request("room"))).isInstanceOfSatisfying(Unavailable.class, it -> assertThat(it.why())
                .contains("cannot be reached"));
    }

    @Test
    @DisplayName("an answer that takes too long, or trickles in, lets nobody in")
    void timeout() {
        CountDownLatch end = new CountDownLatch(1);
        service.answer = exchange -> {
            if (service.asked.size() > 1) {
                exchange.sendResponseHeaders(200, 1000);
                exchange.getResponseBody().write('{');
                exchange.getResponseBody().flush();
            }
            await().atMost(Duration.ofSeconds(20)).until(() -> end.getCount() == 0);
        };
        WebhookAccess access = access("timeout", "200ms");
        for (int i = 0; i < 2; i++) {
            assertThat(access.decide(request("room")))
                    .isEqualTo(new Unavailable("the webhook did not answer within 200 ms"));
        }
        end.countDown();
    }

    @Test
    @DisplayName("an answer holds for those who ask the very same, and for no others")
    void cache() {
        answer(200, YES);
        WebhookAccess access = access("headers", "Cookie");
        access.decide(request("room"));
        access.decide(withHeader(request("room"), "X-Not-Told", "1"));
        assertThat(service.asked).hasSize(1);

        access.decide(request("other"));
        access.decide(with(request("room"), "a", "b"));
        access.decide(withHeader(request("room"), "Cookie", "a=b"));
        assertThat(service.asked).hasSize(4);
    }

    @Test
    @DisplayName("an answer holds for so long, and never beyond its own end")
    void ttl() {
        answer(200, YES);
        WebhookAccess short_ = access("cache-ttl", "100ms");
        short_.decide(request("room"));
        await().until(() -> {
            short_.decide(request("room"));
            return service.asked.size() == 2;
        });

        service.asked.clear();
        answer(200, "{\"allow\":true,\"expiresAt\":\"2026-01-01T00:00:00.100Z\"}");
        WebhookAccess long_ = access("cache-ttl", "1h");
        long_.decide(request("room"));
        await().until(() -> {
            long_.decide(request("room"));
            return service.asked.size() == 2;
        });
    }

    @Test
    @DisplayName("that nobody answered is not kept")
    void unavailableIsNotKept() {
        WebhookAccess access = access("cache-ttl", "1h");
        answer(500, "");
        assertThat(access.decide(request("room"))).isInstanceOf(Unavailable.class);
        answer(200, YES);
        assertThat(access.decide(request("room"))).isInstanceOf(Allowed.class);
    }

    @ParameterizedTest(name = "a hundred who ask the same at once are asked about once, with cache-ttl {0}")
    @ValueSource(strings = {"10s", "0"})
    void together(String ttl) {
        CountDownLatch go = new CountDownLatch(1);
        service.answer = exchange -> {
            await().until(() -> go.getCount() == 0);
            respond(exchange, 200, YES);
        };
        WebhookAccess access = access("cache-ttl", ttl, "timeout", "20s");
        CountDownLatch asking = new CountDownLatch(100);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<CompletableFuture<AccessDecision>> answers = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                answers.add(CompletableFuture.supplyAsync(
                        () -> {
                            asking.countDown();
                            return access.decide(request("room"));
                        },
                        threads));
            }
            await().until(() -> asking.getCount() == 0 && !service.asked.isEmpty());
            await().pollDelay(Duration.ofMillis(200)).until(() -> true);
            go.countDown();
            assertThat(answers).allSatisfy(answer -> assertThat(answer.join()).isInstanceOf(Allowed.class));
        }
        assertThat(service.asked).hasSize(1);
    }

    @Test
    @DisplayName("does not start without an address")
    void noAddress() {
        assertThatThrownBy(() -> new WebhookCall(Settings.access(Map.of()).webhook()))
                .isInstanceOf(SettingException.class)
                .hasMessageContaining("drawbridge.access.webhook.url is not set");
    }
}

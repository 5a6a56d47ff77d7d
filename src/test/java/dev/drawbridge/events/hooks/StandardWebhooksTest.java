package dev.drawbridge.events.hooks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.NodeScript;
import dev.drawbridge.events.EventType;
import dev.drawbridge.json.Json;
import dev.drawbridge.json.JsonBoolean;
import dev.drawbridge.json.JsonObject;
import java.io.BufferedReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** {@code standardwebhooks} of npm, which is not ours, has the last word. */
@DisplayName("A receiver that verifies with the library of Standard Webhooks")
class StandardWebhooksTest {
    private static final String TEXT = "a-secret-of-the-team-2026-1";
    private static final String BASE64 = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private static final String OTHER = "whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
    private static final String BODY = "{\"id\":\"5f0c1a2b-1\",\"data\":{\"name\":\"Zoë \uD83D\uDE00 \\ud83d\"}}";

    private static JsonObject received(List<String> known, List<String> signing) throws Exception {
        Process receiver = NodeScript.in("webhooks").start("receiver.mjs", known.toArray(String[]::new));
        try (HttpDelivery delivery = new HttpDelivery("Drawbridge/test", InstantSource.system());
                BufferedReader output = receiver.inputReader(StandardCharsets.UTF_8)) {
            String port = output.readLine();
            Webhook webhook = new Webhook(
                    "crm",
                    URI.create("http://127.0.0.1:" + port + "/"),
                    signing.stream().map(Secret::of).toList(),
                    EnumSet.allOf(EventType.class),
                    "*",
                    false,
                    Duration.ofSeconds(20),
                    Duration.ofDays(1),
                    1,
                    1,
                    1);
            Attempt attempt = delivery.bring(new Letter(webhook, "5f0c1a2b-1", BODY.getBytes(StandardCharsets.UTF_8)))
                    .toCompletableFuture()
                    .get(30, TimeUnit.SECONDS);
            JsonObject said = (JsonObject) Json.parse(Objects.requireNonNull(output.readLine()));
            assertThat(said.get("tampered")).as("a body that was changed").isEqualTo(JsonBoolean.FALSE);
            assertThat(attempt.isDelivered()).isEqualTo(JsonBoolean.TRUE.equals(said.get("verified")));
            return said;
        } finally {
            receiver.destroyForcibly();
        }
    }

    @Test
    @Timeout(120)
    @DisplayName("takes what is signed with its secret, whatever form that has, and while it is being changed")
    void verifies() throws Exception {
        for (String secret : List.of(TEXT, BASE64)) {
            JsonObject said = received(List.of(secret), List.of(secret));
            assertThat(said.get("verified")).as(secret).isEqualTo(JsonBoolean.TRUE);
            assertThat(said.get("event")).isEqualTo(Json.parse(BODY));
            assertThat(said.string("id")).isEqualTo("5f0c1a2b-1");
        }
        for (String known : List.of(TEXT, BASE64)) {
            assertThat(received(List.of(known), List.of(BASE64, TEXT)).string("secret"))
                    .isEqualTo(known);
        }
    }

    @Test
    @Timeout(60)
    @DisplayName("refuses what is signed with another secret")
    void refuses() throws Exception {
        assertThat(Stream.of(received(List.of(OTHER, TEXT), List.of(BASE64)).get("verified")))
                .containsExactly(JsonBoolean.FALSE);
    }
}

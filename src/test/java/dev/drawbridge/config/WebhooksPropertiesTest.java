package dev.drawbridge.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drawbridge.events.EventType;
import dev.drawbridge.events.Happening;
import dev.drawbridge.events.RoomEvent;
import dev.drawbridge.events.hooks.Webhook;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

@DisplayName("The settings of webhooks")
class WebhooksPropertiesTest {
    private static final String SECRET = "a-secret-of-the-team-2026-1";

    @TempDir
    private Path folder;

    private static List<Webhook> webhooks(Map<String, String> settings) {
        Map<String, String> all = new LinkedHashMap<>();
        settings.forEach((name, value) -> all.put("drawbridge.webhooks" + name, value));
        return new Binder(new MapConfigurationPropertySource(all))
                .bindOrCreate("drawbridge", WebhooksProperties.class)
                .toWebhooks();
    }

    private static Map<String, String> one(String... more) {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("[0].url", "https://crm.example.com/hook?a=b");
        settings.put("[0].secret", SECRET);
        for (int i = 0; i < more.length; i += 2) {
            settings.put(more[i], more[i + 1]);
        }
        return settings;
    }

    @Test
    @DisplayName("may be none, and need no more than an address and a secret")
    void defaults() {
        assertThat(webhooks(Map.of())).isEmpty();
        assertThat(webhooks(one())).singleElement().satisfies(webhook -> {
            assertThat(webhook.name()).isEqualTo("crm-example-com");
            assertThat(webhook.url()).hasToString("https://crm.example.com/hook?a=b");
            assertThat(webhook.events()).containsExactly(EventType.values());
            assertThat(webhook.rooms()).isEqualTo("*");
            assertThat(webhook.diff()).isFalse();
            assertThat(webhook.timeout()).isEqualTo(Duration.ofSeconds(10));
            assertThat(webhook.giveUpAfter()).isEqualTo(Duration.ofDays(1));
            assertThat(webhook.mostEvents()).isEqualTo(10_000);
            assertThat(webhook.mostBytes()).isEqualTo(64 << 20);
            assertThat(webhook.concurrency()).isEqualTo(8);
        });
    }

    @Test
    @DisplayName("name each by its host when nothing else is said, and never two alike")
    void names() {
        Map<String, String> settings = new LinkedHashMap<>();
        List<String> hosts = new ArrayList<>(List.of(
                "CRM.example.com", "crm.example.com", "crm.example.com", "[::1]:8080", "a".repeat(80) + ".org"));
        for (int i = 0; i < hosts.size(); i++) {
            settings.put("[" + i + "].url", "http://" + hosts.get(i) + "/");
            settings.put("[" + i + "].secret", SECRET);
        }
        settings.put("[2].name", "crm-example-com");

        assertThat(webhooks(settings).stream().map(Webhook::name))
                .startsWith("crm-example-com-2", "crm-example-com-3", "crm-example-com")
                .doesNotHaveDuplicates()
                .allMatch(name -> name.matches("[a-z0-9-]{1,64}"));
    }

    @Test
    @DisplayName("say of which events and rooms it is told")
    void wants() {
        Webhook webhook = webhooks(
                        one("[0].events", "room.created,limit.hit", "[0].rooms", "team-*", "[0].diff", "true"))
                .getFirst();

        assertThat(webhook.wants(event("team-a", new Happening.Created(1)))).isTrue();
        assertThat(webhook.wants(event("other", new Happening.Created(1)))).isFalse();
        assertThat(webhook.wants(event("team-a", new Happening.Opened(1)))).isFalse();
        assertThat(webhook.diff()).isTrue();
    }

    private static RoomEvent event(String room, Happening what) {
        return new RoomEvent(room, Instant.EPOCH, "node", what);
    }

    @Test
    @DisplayName("take secrets from files, and a second one while the first is being changed")
    void secrets() throws Exception {
        Path file = Files.writeString(folder.resolve("secret"), "  " + SECRET + "\n");
        Map<String, String> settings =
                one("[0].secret-file", file.toString(), "[0].previous-secret", "whsec_" + "A".repeat(32));
        settings.remove("[0].secret");

        assertThat(webhooks(settings).getFirst().secrets()).hasSize(2);
        assertThat(webhooks(settings).toString()).doesNotContain(SECRET, "a=b");
    }

    @ParameterizedTest(name = "{0}={1}: {2}")
    @CsvSource(delimiter = '|', nullValues = "none", textBlock = """
            [0].url             | none                 | drawbridge.webhooks[0].url is not set
            [0].url             | ftp://example.com/   | drawbridge.webhooks[0].url = ftp://example.com/ is not an address on the web
            [0].url             | /hook                | is not an address on the web
            [0].url             | http://a:b@example.com/ | drawbridge.webhooks[0].url has a name or a password in it
            [0].secret          | none                 | drawbridge.webhooks[0].secret is not set
            [0].secret          | short                | drawbridge.webhooks[0].secret = … has 5 bytes
            [0].secret          | whsec_?              | does not go on as Base64
            [0].secret-file     | /nowhere             | drawbridge.webhooks[0].secret-file = /nowhere is set, and drawbridge.webhooks[0].secret is set too
            [0].previous-secret | short                | drawbridge.webhooks[0].previous-secret = … has 5 bytes
            [0].previous-secret-file | /nowhere        | drawbridge.webhooks[0].previous-secret-file = /nowhere cannot be read
            [0].name            | CRM                  | drawbridge.webhooks[0].name = CRM is not a name for a webhook
            [0].events          | room.created,room.drawn | drawbridge.webhooks[0].events = room.drawn is not a type of events
            [0].rooms           | a b                  | drawbridge.webhooks[0].rooms = a b is the id of no room, nor a pattern
            """)
    @DisplayName("that cannot be are told with what is allowed, and without the secret")
    void wrong(String setting, String value, String message) {
        Map<String, String> settings = one();
        settings.remove(setting);
        if (value != null) {
            settings.put(setting, value);
        }

        assertThatThrownBy(() -> webhooks(settings)).isInstanceOfSatisfying(SettingException.class, e -> {
            assertThat(e).hasMessageContaining(message).hasMessageNotContaining(SECRET);
            assertThat(e.remedy()).isNotBlank();
        });
    }

    @Test
    @DisplayName("name what events there are when one is misspelt, and do not give a name twice")
    void told() {
        assertThatThrownBy(() -> webhooks(one("[0].events", "room.drawn")))
                .isInstanceOfSatisfying(SettingException.class, e -> assertThat(e.remedy())
                        .contains("room.created", "room.changed", "session.left", "limit.hit"));
        assertThatThrownBy(() -> webhooks(one(
                        "[0].name",
                        "crm",
                        "[1].name",
                        "crm",
                        "[1].url",
                        "http://b.example.com/",
                        "[1].secret",
                        SECRET)))
                .hasMessageContaining("drawbridge.webhooks[1].name = crm is the name of another webhook");
        assertThat(Optional.of(new WebhooksProperties(List.of())).map(WebhooksProperties::toWebhooks))
                .contains(List.of());
    }
}

package dev.drawbridge.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.util.unit.DataSize;

@DisplayName("The value of a setting")
class SettingTextTest {

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "https://user:pa55@host/path",
                "https://user:pa/55@host/path",
                "https://user:pa?55@host/path",
                "https://user:pa#55@host/path",
                "https://user:pa@55@host/path",
                "https://host/path?token=pa55",
                "https://host/path?token=x@pa55",
                "https://host/path#pa55",
                "https://user:pa\n55@host/path",
                "https://host/\n?token=pa55",
                "https://host\r\n/path?\n pa55",
                "pa55:secret@host:80",
                "user:pa55@host:80",
                "user:pa?55@host:80",
                "host:80?pa55",
                "https://host/, https://user:pa55@other/",
                "redis://:pa55@host/?x=y@z"
            })
    @DisplayName("holds nothing of who asks, and nothing of what is asked for")
    void masked(String text) {
        assertThat(SettingText.of(text).orElseThrow()).doesNotContain("pa55", "55", "token=");
        assertThat(SettingText.of(List.of("x", text)).orElseThrow()).doesNotContain("pa55", "token=");
    }

    @ParameterizedTest
    @CsvSource({
        "https://host:8080/a/b, https://host:8080/a/b",
        "https://user:pw@host:8080/a, https://…@host:8080/a",
        "https://host/a?b=c, https://host/a?…",
        "user:pw@proxy:3128, …@proxy:3128",
        "team@example.com, team@example.com",
        "plain text, plain text",
        "'', ''"
    })
    @DisplayName("is shown as far as it holds no secret")
    void shown(String text, String shown) {
        assertThat(SettingText.of(text)).contains(shown);
    }

    @Test
    @DisplayName("is written as one would write it")
    void written() {
        assertThat(List.of(
                                true,
                                7,
                                Duration.ZERO,
                                Duration.ofSeconds(90),
                                Duration.ofMillis(500),
                                DataSize.ofBytes(0),
                                DataSize.ofBytes(1025),
                                DataSize.ofMegabytes(256),
                                DataSize.ofGigabytes(2),
                                Path.of("data/x.db"),
                                URI.create("https://u:p@h/"),
                                StoreProperties.Type.SQLITE,
                                Set.of("a"),
                                List.of("a", "b"),
                                List.of())
                        .stream()
                        .map(value -> SettingText.of(value).orElseThrow()))
                .containsExactly(
                        "true",
                        "7",
                        "0s",
                        "1m30s",
                        "500ms",
                        "0B",
                        "1025B",
                        "256MB",
                        "2GB",
                        "data/x.db",
                        "https://…@h/",
                        "sqlite",
                        "a",
                        "a, b",
                        "");
    }

    @Test
    @DisplayName("is hidden when nothing is known of its kind")
    void unknown() {
        assertThat(SettingText.of(new Object())).isEmpty();
        assertThat(SettingText.of(List.of("x", new Object()))).isEmpty();
        assertThat(SettingText.of("x".toCharArray())).isEmpty();
    }
}

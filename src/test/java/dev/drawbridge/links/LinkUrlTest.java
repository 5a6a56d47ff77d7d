package dev.drawbridge.links;

import static dev.drawbridge.links.Pages.url;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The URL of a page")
class LinkUrlTest {

    @Test
    @DisplayName("is read as browsers read it, and written in one way")
    void normalised() {
        assertThat(url(" HTTP://Bücher.Example:80/a/../b c?d#e")).hasToString("http://xn--bcher-kva.example/b%20c?d");
        assertThat(url("https:\\\\0x7f.1\\x").host()).isEqualTo("127.0.0.1");
        assertThat(url("https://example.com").port()).isEqualTo(443);
        assertThat(url("http://example.com").port()).isEqualTo(80);
        assertThat(url("http://example.com:443").port()).isEqualTo(443);
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "",
                "example.com",
                "/x",
                "//example.com",
                "ftp://example.com",
                "file:///etc/passwd",
                "javascript:alert(1)",
                "data:text/html,x",
                "http://",
                "http://user@example.com",
                "http://user:pw@example.com",
                "http://:pw@example.com",
                "http://1.2.3.4.5",
                "http://a b",
                "http://[::1",
                "http://example.com:99999",
                "ws://example.com",
                "http://%00"
            })
    @DisplayName("is none without http or https, with credentials, or when browsers take it for none")
    void none(String text) {
        assertThat(LinkUrl.of(text)).isEmpty();
    }

    @Test
    @DisplayName("is not longer than it may be")
    void length() {
        assertThat(LinkUrl.of("http://example.com/" + "x".repeat(2_000))).isPresent();
        assertThat(LinkUrl.of("http://example.com/" + "x".repeat(2_100))).isEmpty();
        assertThat(LinkUrl.of("http://example.com/" + "ü".repeat(1_000))).isEmpty();
        assertThat(url("http://example.com/").resolve("y".repeat(2_100))).isEmpty();
    }
}

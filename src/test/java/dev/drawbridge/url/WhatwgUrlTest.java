package dev.drawbridge.url;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.drawbridge.json.Json;
import dev.drawbridge.json.JsonArray;
import dev.drawbridge.json.JsonException;
import dev.drawbridge.json.JsonString;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A WHATWG URL")
class WhatwgUrlTest {

    @Test
    @DisplayName("has the parts that JavaScript's URL has")
    void parts() {
        WhatwgUrl url = url("HTTPS://us er:p@www.Example.com:8443/a/../b c?q='x'#f g");
        assertThat(url.protocol()).isEqualTo("https:");
        assertThat(url.host()).isEqualTo("www.example.com:8443");
        assertThat(url.hostname()).isEqualTo("www.example.com");
        assertThat(url.origin()).isEqualTo("https://www.example.com:8443");
        assertThat(url.pathname()).isEqualTo("/b%20c");
        assertThat(url.search()).isEqualTo("?q=%27x%27");
        assertThat(url.hash()).isEqualTo("#f%20g");
        assertThat(url.href()).isEqualTo("https://us%20er:p@www.example.com:8443/b%20c?q=%27x%27#f%20g");
    }

    @Test
    @DisplayName("can be written with another path, search and hash")
    void hrefWith() {
        assertThat(url("http://u@a:1/b?c#d").hrefWith("/x", "?y", "#z")).isEqualTo("http://u@a:1/x?y#z");
    }

    @Test
    @DisplayName("has no query and no fragment when they are empty, but is written with them")
    void emptyParts() {
        WhatwgUrl url = url("http://a?#");
        assertThat(url.search()).isEmpty();
        assertThat(url.hash()).isEmpty();
        assertThat(url.href()).isEqualTo("http://a/?#");
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " -> ",
            value = {
                "file:c|/a -> file:///c:/a",
                "file://c|/a/../.. -> file:///c:/",
                "file://localhost/x -> file:///x",
                "file:\\\\host\\share -> file://host/share",
                "file:x -> file:///x",
                "foo:/..//x -> foo:/.//x",
                "foo://h -> foo://h",
                "http://a/%2e%2E/.%2e/b/. -> http://a/b/",
                "http://[1:0:0:4:0:0:0:8] -> http://[1:0:0:4::8]/",
                "http://0x7f.1 -> http://127.0.0.1/",
            })
    @DisplayName("is written in its normal form")
    void href(String text, String href) {
        assertThat(url(text).href()).isEqualTo(href);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://[1:2:3:4:5:6:7::8]",
                "http://[::1:2:3:4:5:6:7:8]",
                "http://a:65536",
                "http://\u05d0a",
                "http://a\u200db",
                "http://\ud800",
                "http://\ud800\t\udc00",
                "foo://a b",
                "file://a:80",
            })
    @DisplayName("is none when the host or the port is not valid")
    void invalid(String text) {
        assertThat(WhatwgUrl.parse(text)).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "data:,a#?",
                "http://a/\u00e9/../",
                "http://a.",
                "http://\u00e9",
                "http://\u00e9.",
                "http://1.",
                "http://[:",
                "h\tttp://a@",
                "http://%C3%A9",
                "http://xn--a",
                "http://a:0",
                "/\t",
                "//\ud800",
                "mailto:\u0000",
                "a+",
            })
    @DisplayName("of any length is judged in linear time")
    void linear(String text) {
        String varied = text.substring(text.length() / 2);
        String longText = text + varied.repeat(4_000_000 / varied.length());
        assertTimeoutPreemptively(Duration.ofSeconds(10), () -> WhatwgUrl.parse(longText));
    }

    /** Issue 10, point 22: each was seen with Node 20. */
    @ParameterizedTest
    @CsvSource(
            delimiterString = " -> ",
            value = {
                "https://xn--xn---epa/x -> https://xn--xn---epa/x",
                "https://xn--xn--a--gua.pt/x -> https://xn--xn--a--gua.pt/x",
                "https://XN--xn---epaa/x -> https://xn--xn---epaa/x",
                "https://xn--xn---epa\u2060/x -> https://xn--xn---epa/x",
                "https://xn--a-\u034f/x -> https://xn--a-/x",
                "https://xn---\u2167/x -> https://xn---viii/x",
            })
    @DisplayName(
            "may have labels in punycode that stand for what looks like punycode, and such that are so only when mapped")
    void oddPunycode(String text, String href) {
        assertThat(url(text).href()).isEqualTo(href);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"https://xn--xn--99999999/x", "https://xn--xn---epa\u00fc/", "https://xn--a/", "https://xn--/"})
    @DisplayName("has no labels in punycode that stand for nothing")
    void brokenPunycode(String text) {
        assertThat(WhatwgUrl.parse(text)).isNull();
    }

    /** The base, the reference, and what Node 20 makes of them; nothing where it throws. */
    @TestFactory
    @DisplayName("resolves references as JavaScript's URL does")
    Stream<DynamicTest> references() throws IOException, JsonException {
        try (InputStream in = Objects.requireNonNull(getClass().getResourceAsStream("/url/references.json"))) {
            return ((JsonArray) Json.parse(in.readAllBytes()))
                    .items().stream()
                            .map(item -> ((JsonArray) item)
                                    .items().stream()
                                            .map(text -> ((JsonString) text).value())
                                            .toList())
                            .map(texts -> DynamicTest.dynamicTest(texts.toString(), () -> {
                                WhatwgUrl resolved = url(texts.get(0)).resolve(texts.get(1));
                                assertThat(resolved == null ? "" : resolved.href())
                                        .isEqualTo(texts.get(2));
                            }));
        }
    }

    @Test
    @DisplayName("tells its port and whether it has credentials")
    void authority() {
        assertThat(url("http://a:81").port()).isEqualTo("81");
        assertThat(url("https://a:443").port()).isEmpty();
        assertThat(url("http://u@a").hasCredentials()).isTrue();
        assertThat(url("http://:p@a").hasCredentials()).isTrue();
        assertThat(url("http://:@a").hasCredentials()).isFalse();
        assertThat(url("http://a/u@b").hasCredentials()).isFalse();
    }

    private static WhatwgUrl url(String text) {
        return Objects.requireNonNull(WhatwgUrl.parse(text));
    }
}

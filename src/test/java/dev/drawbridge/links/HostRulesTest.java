package dev.drawbridge.links;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A host")
class HostRulesTest {

    @Test
    @DisplayName("is allowed when nothing is said")
    void silent() {
        assertThat(new HostRules(List.of(), List.of()).allow("example.com")).isTrue();
    }

    @Test
    @DisplayName("that is denied is not allowed, also with a dot at its end, in capitals, or when it is allowed, too")
    void denied() {
        HostRules rules =
                new HostRules(List.of("*"), List.of("Evil.example", "*.bad.example", "192.0.2.1", "[2001:db8::1]"));
        assertThat(List.of(
                        "evil.example",
                        "evil.example.",
                        "a.bad.example",
                        "a.b.bad.example.",
                        "192.0.2.1",
                        "[2001:db8::1]"))
                .noneMatch(rules::allow);
        assertThat(List.of("not-evil.example", "sub.evil.example", "bad.example", "verybad.example"))
                .allMatch(rules::allow);
    }

    @Test
    @DisplayName("that is not allowed is denied when some are allowed")
    void allowed() {
        HostRules rules = new HostRules(List.of("example.com", "*.example.com"), List.of("secret.example.com"));
        assertThat(List.of("example.com", "www.example.com.", "a.b.example.com"))
                .allMatch(rules::allow);
        assertThat(List.of("example.org", "notexample.com", "secret.example.com", "example.com.evil.example"))
                .noneMatch(rules::allow);
    }

    @Test
    @DisplayName("is called as in a URL")
    void asInUrls() {
        HostRules rules = new HostRules(List.of(), List.of("*.Bücher.example", "0x7f.1"));
        assertThat(rules.allow(Pages.url("http://www.bücher.example").host())).isFalse();
        assertThat(rules.allow(Pages.url("http://127.0.0.1").host())).isFalse();
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "",
                "*.",
                "**",
                "a*.example",
                "http://example.com",
                "example.com:8080",
                "example.com/x",
                "a b",
                "u@h"
            })
    @DisplayName("is none that cannot stand in a URL, or has more to it")
    void none(String pattern) {
        assertThatThrownBy(() -> new HostRules(List.of(pattern), List.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }
}

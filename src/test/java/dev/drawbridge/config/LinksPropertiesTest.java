package dev.drawbridge.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drawbridge.links.LinkSettings;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

@DisplayName("The settings of link previews")
class LinksPropertiesTest {

    private static LinkSettings settings(String... namesAndValues) {
        Map<String, String> full = new HashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            full.put("drawbridge.links." + namesAndValues[i], namesAndValues[i + 1]);
        }
        return new Binder(new MapConfigurationPropertySource(full))
                .bindOrCreate("drawbridge.links", LinksProperties.class)
                .toLinkSettings();
    }

    @Test
    @DisplayName("have the defaults that are promised")
    void defaults() {
        LinkSettings settings = settings();
        assertThat(settings.ports()).isEqualTo(Set.of(80, 443));
        assertThat(settings.timeout()).isEqualTo(Duration.ofSeconds(5));
        assertThat(settings.maxSize()).isEqualTo(1024 * 1024);
        assertThat(settings.proxy()).isNull();
    }

    @Test
    @DisplayName("may be left empty")
    void empty() {
        LinkSettings settings = settings("proxy", "", "allowed-networks", "", "allowed-hosts", "", "denied-hosts", "");
        assertThat(settings.proxy()).isNull();
    }

    @Test
    @DisplayName("name a proxy, which is looked up when it is used")
    void proxy() {
        assertThat(settings("proxy", "proxy.example:3128").proxy())
                .isEqualTo(InetSocketAddress.createUnresolved("proxy.example", 3128));
    }

    @ParameterizedTest(name = "{0}={1}")
    @CsvSource({
        "allowed-networks, 10.0.0.1/8",
        "allowed-networks, intranet",
        "allowed-hosts, http://example.com",
        "denied-hosts, example.com:8080",
        "denied-hosts, *.*",
        "max-size, 17MB",
        "proxy, http://proxy.example:3128",
        "proxy, user:pw@proxy.example:3128",
        "proxy, proxy.example",
        "proxy, proxy.example:99999",
        "proxy, :3128",
        "proxy, proxy.example:port",
    })
    @DisplayName("that cannot be are named")
    void wrong(String name, String value) {
        assertThatThrownBy(() -> settings(name, value)).isInstanceOfSatisfying(SettingException.class, e -> {
            assertThat(e.property()).isEqualTo("drawbridge.links." + name);
            assertThat(e.getMessage()).doesNotContain("pw@");
        });
    }
}

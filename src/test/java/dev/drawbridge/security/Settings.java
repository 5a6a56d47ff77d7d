package dev.drawbridge.security;

import dev.drawbridge.config.AccessProperties;
import dev.drawbridge.config.HistoryProperties;
import dev.drawbridge.config.WebSocketProperties;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** Settings as an operator writes them, and what they make. */
final class Settings {

    private Settings() {}

    static AccessProperties access(Map<String, String> settings) {
        Map<String, String> full = new HashMap<>();
        settings.forEach((name, value) -> full.put("drawbridge.access." + name, value));
        return new Binder(new MapConfigurationPropertySource(full))
                .bindOrCreate("drawbridge.access", AccessProperties.class);
    }

    /** Who may enter, by {@code drawbridge.access.jwt.*}. */
    static RoomAccess jwt(String... namesAndValues) {
        Map<String, String> settings = new HashMap<>(Map.of("mode", "jwt"));
        for (int i = 0; i < namesAndValues.length; i += 2) {
            settings.put("jwt." + namesAndValues[i], namesAndValues[i + 1]);
        }
        return new RoomAccessConfiguration()
                .roomAccess(
                        access(settings),
                        new Binder(new MapConfigurationPropertySource())
                                .bindOrCreate("drawbridge.history", HistoryProperties.class),
                        new Binder(new MapConfigurationPropertySource())
                                .bindOrCreate("drawbridge.websocket", WebSocketProperties.class),
                        InstantSource.system());
    }
}

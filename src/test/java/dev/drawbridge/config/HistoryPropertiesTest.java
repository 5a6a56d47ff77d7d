package dev.drawbridge.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drawbridge.config.HistoryProperties.Place;
import dev.drawbridge.history.ThinningRules;
import dev.drawbridge.s3.S3Settings;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

@DisplayName("Settings of the past of rooms")
class HistoryPropertiesTest {

    private static <T> T bound(String prefix, Class<T> type, String... namesAndValues) {
        Map<String, String> settings = new HashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            settings.put(prefix + "." + namesAndValues[i], namesAndValues[i + 1]);
        }
        return new Binder(new MapConfigurationPropertySource(settings)).bindOrCreate(prefix, type);
    }

    private static HistoryProperties history(String... namesAndValues) {
        return bound("drawbridge.history", HistoryProperties.class, namesAndValues);
    }

    private static AssetsProperties assets(String... namesAndValues) {
        return bound("drawbridge.assets", AssetsProperties.class, namesAndValues);
    }

    @Test
    @DisplayName("keep versions beside the rooms, and with Redis in a folder, unless something else is said")
    void place() {
        assertThat(history().place(StoreProperties.Type.SQLITE)).isEqualTo(Place.DATABASE);
        assertThat(history().place(StoreProperties.Type.REDIS)).isEqualTo(Place.FOLDER);
        assertThat(history("type", "files").place(StoreProperties.Type.SQLITE)).isEqualTo(Place.FOLDER);
        assertThat(history("type", "s3").place(StoreProperties.Type.REDIS)).isEqualTo(Place.BUCKET);
    }

    @Test
    @DisplayName("thin out as documented")
    void thinning() {
        assertThat(history().thinning())
                .isEqualTo(new ThinningRules(
                        Duration.ofHours(1), Duration.ofDays(1), Duration.ofDays(30), 1L << 30, 20L << 30));
        assertThat(history("keep.all", "0", "max-total", "0").thinning())
                .isEqualTo(new ThinningRules(Duration.ZERO, Duration.ofDays(1), Duration.ofDays(30), 1L << 30, 0));
    }

    @Test
    @DisplayName("name a bucket of their own, or have that of assets")
    void bucket() {
        AssetsProperties assets = assets("s3.bucket", "images", "s3.prefix", "a/", "s3.endpoint", "http://minio:9000");
        S3Settings shared = history().bucket(assets);
        assertThat(shared.bucket()).isEqualTo("images");
        assertThat(shared.endpoint()).isPresent();
        S3Settings own = history("s3.bucket", "past").bucket(assets);
        assertThat(own.bucket()).isEqualTo("past");
        assertThat(own.endpoint()).isEmpty();
    }

    @Test
    @DisplayName("say which setting is missing or wrong")
    void missing() {
        assertThatThrownBy(() -> history().bucket(assets()))
                .isInstanceOf(SettingException.class)
                .hasMessageContaining("drawbridge.history.s3.bucket is missing");
        assertThatThrownBy(() ->
                        history("s3.bucket", "past", "s3.endpoint", "ftp://x").bucket(assets()))
                .isInstanceOf(SettingException.class)
                .hasMessageContaining("drawbridge.history.s3.endpoint");
    }
}

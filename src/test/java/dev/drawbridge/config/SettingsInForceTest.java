package dev.drawbridge.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.DrawbridgeApplication;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.ConfigurationPropertiesBean;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.util.unit.DataSize;

@DisplayName("The settings in force")
class SettingsInForceTest {
    /** Whatever is a text and is shown. Who adds a setting to it has seen that it keeps no secret. */
    private static final Set<String> TEXTS_SHOWN = Set.of(
            "drawbridge.access.jwt.algorithms",
            "drawbridge.access.jwt.audience",
            "drawbridge.access.jwt.claims.history",
            "drawbridge.access.jwt.claims.name",
            "drawbridge.access.jwt.claims.object-access",
            "drawbridge.access.jwt.claims.permission",
            "drawbridge.access.jwt.claims.rooms",
            "drawbridge.access.jwt.claims.user-id",
            "drawbridge.access.jwt.issuer-uri",
            "drawbridge.access.jwt.jwks-uri",
            "drawbridge.access.webhook.url",
            "drawbridge.assets.s3.bucket",
            "drawbridge.assets.s3.endpoint",
            "drawbridge.assets.s3.prefix",
            "drawbridge.assets.s3.region",
            "drawbridge.assets.types",
            "drawbridge.cluster.address",
            "drawbridge.cluster.ssl-bundle",
            "drawbridge.history.s3.bucket",
            "drawbridge.history.s3.endpoint",
            "drawbridge.history.s3.prefix",
            "drawbridge.history.s3.region",
            "drawbridge.links.allowed-hosts",
            "drawbridge.links.allowed-networks",
            "drawbridge.links.denied-hosts",
            "drawbridge.links.proxy",
            "drawbridge.links.user-agent",
            "drawbridge.schema.authorizer.types",
            "drawbridge.schema.authorizer.url",
            "drawbridge.schema.files",
            "drawbridge.schema.migrator.url",
            "drawbridge.schema.object-types",
            "drawbridge.store.redis.key-prefix",
            "drawbridge.websocket.allowed-origins");

    private static final Set<String> HIDDEN = Set.of(
            "drawbridge.access.jwt.cookie",
            "drawbridge.access.jwt.public-key",
            "drawbridge.access.jwt.secret",
            "drawbridge.access.jwt.secret-file",
            "drawbridge.access.webhook.headers",
            "drawbridge.access.webhook.secret",
            "drawbridge.admin.token",
            "drawbridge.admin.token-file",
            "drawbridge.cluster.secret",
            "drawbridge.cluster.secret-file",
            "drawbridge.schema.authorizer.token",
            "drawbridge.schema.authorizer.token-file",
            "drawbridge.schema.migrator.token",
            "drawbridge.schema.migrator.token-file",
            "drawbridge.whiteboard.license-key");

    /** Lists of several settings each, of which only is said that there are some. */
    private static final Set<String> LISTS = Set.of("drawbridge.webhooks");

    private static final String CANARY = "S3CR3T";

    @TempDir
    Path folder;

    @Configuration(proxyBeanMethods = false)
    @ConfigurationPropertiesScan(basePackageClasses = DrawbridgeApplication.class)
    @Import(SettingsInForce.class)
    static class Application {}

    private static List<Setting> settings(Map<String, Object> environment, String... arguments) {
        try (ConfigurableApplicationContext context = new SpringApplicationBuilder(Application.class)
                .web(WebApplicationType.NONE)
                .bannerMode(Banner.Mode.OFF)
                .initializers(started -> started.getEnvironment()
                        .getPropertySources()
                        .replace(
                                "systemEnvironment",
                                new SystemEnvironmentPropertySource("systemEnvironment", environment)))
                .run(arguments)) {
            return context.getBean(SettingsInForce.class).list();
        }
    }

    private static Setting setting(List<Setting> settings, String name) {
        return settings.stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError(name));
    }

    private static Set<String> names(List<Setting> settings, Predicate<Setting> wanted) {
        return settings.stream().filter(wanted).map(Setting::name).collect(Collectors.toCollection(TreeSet::new));
    }

    /** Every setting of the project, each set to a text that must not be seen where texts are possible. */
    private static List<Setting> withCanaries() {
        Set<String> texts = new TreeSet<>(HIDDEN);
        texts.addAll(TEXTS_SHOWN);
        Set<String> known = names(settings(Map.of()), setting -> true);
        return settings(
                Map.of(),
                texts.stream()
                        .filter(known::contains)
                        .map(name -> "--" + name + "=" + canary(name))
                        .toArray(String[]::new));
    }

    /** The records of settings, by what their names begin with. */
    private static Map<String, Class<?>> settingsRecords() {
        try (ConfigurableApplicationContext context = new SpringApplicationBuilder(Application.class)
                .web(WebApplicationType.NONE)
                .bannerMode(Banner.Mode.OFF)
                .run()) {
            return ConfigurationPropertiesBean.getAll(context).values().stream()
                    .filter(bean -> bean.getInstance() instanceof Record)
                    .collect(Collectors.toMap(bean -> bean.getAnnotation().value(), bean -> bean.getInstance()
                            .getClass()));
        }
    }

    /** The names of all settings that are neither a number, a choice, a duration, a size nor a path. */
    private static Set<String> texts(Map<String, Class<?>> records) {
        Set<String> texts = new TreeSet<>();
        records.forEach((prefix, type) -> collectTexts(prefix, type, texts));
        return texts;
    }

    private static void collectTexts(String prefix, Class<?> type, Set<String> texts) {
        for (RecordComponent component : type.getRecordComponents()) {
            String name = prefix + "." + DataObjectPropertyName.toDashedForm(component.getName());
            Class<?> kind = component.getType();
            if (kind.isRecord()) {
                collectTexts(name, kind, texts);
            } else if (!isPlain(kind) && !component.getGenericType().toString().contains("Integer")) {
                texts.add(name);
            }
        }
    }

    private static boolean isPlain(Class<?> kind) {
        return kind.isPrimitive()
                || kind.isEnum()
                || Number.class.isAssignableFrom(kind)
                || List.of(Boolean.class, Duration.class, DataSize.class, Path.class)
                        .contains(kind);
    }

    private static String canary(String name) {
        if (HIDDEN.contains(name)) {
            return CANARY;
        }
        if (Stream.of("url", "uri", "endpoint", "proxy").anyMatch(name::endsWith)) {
            return "https://" + CANARY + ":" + CANARY + "@host/path?" + CANARY + "#" + CANARY;
        }
        return "plain";
    }

    @Test
    @DisplayName("do not show what is in lists of several settings each")
    void lists() {
        List<Setting> all = settings(
                Map.of(),
                "--drawbridge.webhooks[0].url=https://host/" + CANARY,
                "--drawbridge.webhooks[0].secret=" + CANARY + "-of-more-than-24-bytes");
        assertThat(all)
                .noneMatch(setting -> setting.toString().contains(CANARY))
                .anyMatch(setting -> setting.name().startsWith("drawbridge.webhooks"));
    }

    @Test
    @DisplayName("are hidden where they keep a secret, each of them, and shown where they are known to keep none")
    void everySetting() {
        List<Setting> all = withCanaries();

        assertThat(all).hasSizeGreaterThan(90).noneMatch(setting -> setting.toString()
                .contains(CANARY));
        assertThat(names(all, Setting::secret)).isEqualTo(new TreeSet<>(HIDDEN));
        assertThat(all).filteredOn(Setting::secret).allSatisfy(setting -> assertThat(setting.value())
                .isEmpty());
    }

    @Test
    @DisplayName(
            "that can be any text were all looked at by somebody: a new one is hidden, or put into one of these lists")
    void texts() {
        Set<String> unseen = texts(settingsRecords());
        assertThat(unseen).contains("drawbridge.admin.token", "drawbridge.websocket.allowed-origins");
        unseen.removeAll(HIDDEN);
        unseen.removeAll(TEXTS_SHOWN);
        unseen.removeAll(LISTS);
        assertThat(unseen).isEmpty();
    }

    @Test
    @DisplayName("say where each comes from")
    void origins() throws IOException {
        Path file = folder.resolve("application.properties");
        Files.writeString(file, "drawbridge.limits.rooms=7\n");
        List<Setting> all = settings(
                Map.of("DRAWBRIDGE_LIMITS_CONNECTIONS", "8", "DRAWBRIDGE_ADMIN_TOKENFILE", "x"),
                "--spring.config.additional-location=" + file.toUri(),
                "--drawbridge.limits.chunks=9",
                "--drawbridge.websocket.allowed-origins[0]=https://a",
                "--drawbridge.websocket.allowed-origins[1]=https://b?c");

        assertThat(setting(all, "drawbridge.limits.rooms").value()).contains("7");
        assertThat(setting(all, "drawbridge.limits.rooms").origin())
                .startsWith("file: ")
                .contains("application.properties", "1:");
        assertThat(setting(all, "drawbridge.limits.connections").value()).contains("8");
        assertThat(setting(all, "drawbridge.limits.connections").origin())
                .isEqualTo("environment: DRAWBRIDGE_LIMITS_CONNECTIONS");
        assertThat(setting(all, "drawbridge.admin.token-file").origin())
                .isEqualTo("environment: DRAWBRIDGE_ADMIN_TOKENFILE");
        assertThat(setting(all, "drawbridge.limits.chunks").origin()).isEqualTo("argument");
        assertThat(setting(all, "drawbridge.websocket.allowed-origins").value()).contains("https://a, https://b?…");
        assertThat(setting(all, "drawbridge.websocket.allowed-origins").origin())
                .isEqualTo("argument");
        assertThat(setting(all, "drawbridge.limits.json-depth").origin()).isEqualTo("default");
        assertThat(setting(all, "drawbridge.room.unload-after").value()).contains("30s");
        assertThat(setting(all, "drawbridge.cluster.address").value()).isEmpty();
    }

    @Test
    @DisplayName("are hidden where they are made of a secret, and masked where they have several lines")
    void placeholders() {
        Map<String, Object> environment = new HashMap<>();
        environment.put("HOOK_PASSWORD", CANARY);
        environment.put("HOOK_HOST", "hooks.example.com");
        List<Setting> all = settings(
                environment,
                "--drawbridge.schema.migrator.url=https://x/${HOOK_PASSWORD}",
                "--drawbridge.access.webhook.url=https://${HOOK_HOST}/x",
                "--drawbridge.links.proxy=http://u:" + CANARY + "\n@proxy:80\n?" + CANARY,
                "--drawbridge.admin.token=a\n" + CANARY);

        assertThat(setting(all, "drawbridge.schema.migrator.url").secret()).isTrue();
        assertThat(setting(all, "drawbridge.access.webhook.url").value()).contains("https://hooks.example.com/x");
        assertThat(all).noneMatch(setting -> setting.toString().contains(CANARY));
    }

    @Test
    @DisplayName(
            "name what is set and no setting, without its value; what Kubernetes writes into the environment they do not")
    void misspelt() {
        List<Setting> all = settings(
                Map.of("DRAWBRIDGE_PORT", "tcp://10.0.0.1:80"),
                "--drawbridge.acess.mode=" + CANARY,
                "--drawbridge.limits.rooms=5");

        assertThat(setting(all, "drawbridge.acess.mode"))
                .satisfies(unknown -> assertThat(unknown.secret()).isTrue());
        assertThat(all).noneMatch(setting -> setting.toString().contains(CANARY));
        assertThat(names(all, setting -> setting.name().equals("drawbridge.port")))
                .isEmpty();
    }
}

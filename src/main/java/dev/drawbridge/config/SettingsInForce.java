package dev.drawbridge.config;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationPropertiesBean;
import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.ConfigurationPropertyState;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.boot.origin.Origin;
import org.springframework.boot.origin.PropertySourceOrigin;
import org.springframework.boot.origin.SystemEnvironmentOrigin;
import org.springframework.context.ApplicationContext;
import org.springframework.core.env.CommandLinePropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.stereotype.Component;

/**
 * All settings of this program as they are in force, and where each comes from. What may be a secret is not shown, see
 * {@link SettingText}; nor is the value of what is set and no setting of ours, which is listed for it is likely to be misspelt.
 */
@Component
public class SettingsInForce {
    private static final ConfigurationPropertyName OURS = ConfigurationPropertyName.of("drawbridge");
    private static final String DEFAULT = "default";

    private final ApplicationContext context;

    SettingsInForce(ApplicationContext context) {
        this.context = context;
    }

    /** In the order of their names. */
    public List<Setting> list() {
        List<ConfigurationPropertySource> sources = new ArrayList<>();
        ConfigurationPropertySources.get(context.getEnvironment()).forEach(sources::add);
        Map<ConfigurationPropertyName, Optional<Object>> known = known();
        List<Setting> settings = new ArrayList<>();
        known.forEach((name, value) -> settings.add(setting(name, value, sources)));
        settings.addAll(unknown(known, sources));
        settings.sort(Comparator.comparing(Setting::name));
        return List.copyOf(settings);
    }

    /** The settings that there are, with what they are. */
    private Map<ConfigurationPropertyName, Optional<Object>> known() {
        Map<ConfigurationPropertyName, Optional<Object>> known = new TreeMap<>();
        for (ConfigurationPropertiesBean bean :
                ConfigurationPropertiesBean.getAll(context).values()) {
            ConfigurationPropertyName prefix =
                    ConfigurationPropertyName.of(bean.getAnnotation().value());
            if (bean.getInstance() instanceof Record settings && (OURS.equals(prefix) || OURS.isAncestorOf(prefix))) {
                collect(prefix, settings, known);
            }
        }
        return known;
    }

    private static void collect(
            ConfigurationPropertyName prefix, Record settings, Map<ConfigurationPropertyName, Optional<Object>> known) {
        for (RecordComponent component : settings.getClass().getRecordComponents()) {
            ConfigurationPropertyName name = prefix.append(DataObjectPropertyName.toDashedForm(component.getName()));
            Object value = value(component, settings);
            if (value instanceof Record nested) {
                collect(name, nested, known);
            } else {
                known.put(name, Optional.ofNullable(value));
            }
        }
    }

    private static @Nullable Object value(RecordComponent component, Record settings) {
        try {
            component.getAccessor().setAccessible(true);
            return component.getAccessor().invoke(settings);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException("cannot read " + component, e);
        }
    }

    private static Setting setting(
            ConfigurationPropertyName name, Optional<Object> value, List<ConfigurationPropertySource> sources) {
        Optional<ConfigurationProperty> set =
                sources.stream().flatMap(source -> set(name, source).stream()).findFirst();
        String origin = set.map(SettingsInForce::origin).orElse(DEFAULT);
        Optional<String> text = value.flatMap(SettingText::of);
        boolean secret = SettingText.isSecret(name.toString())
                || set.filter(SettingsInForce::namesSecret).isPresent()
                || (value.isPresent() && text.isEmpty());
        return new Setting(name.toString(), secret ? Optional.empty() : text, secret, origin);
    }

    /** What a source says of a setting, or of the first item of one that has several. */
    private static Optional<ConfigurationProperty> set(
            ConfigurationPropertyName name, ConfigurationPropertySource source) {
        return Optional.ofNullable(source.getConfigurationProperty(name))
                .or(() -> Optional.ofNullable(source.getConfigurationProperty(name.append("[0]"))));
    }

    /** Whether it is made of something else that is a secret. */
    private static boolean namesSecret(ConfigurationProperty property) {
        String raw = String.valueOf(property.getValue());
        return raw.contains("${") && SettingText.holdsSecretWord(raw);
    }

    private static String origin(ConfigurationProperty property) {
        Origin origin = property.getOrigin();
        while (origin instanceof PropertySourceOrigin outer && outer.getOrigin() != null) {
            origin = outer.getOrigin();
        }
        return SettingText.withoutSecrets(
                switch (origin) {
                    case null -> "unknown";
                    case SystemEnvironmentOrigin variable -> "environment: " + variable.getProperty();
                    case PropertySourceOrigin source -> origin(source.getPropertySource(), source.getPropertyName());
                    default -> "file: " + origin;
                });
    }

    private static String origin(PropertySource<?> source, String name) {
        if (source instanceof CommandLinePropertySource) {
            return "argument";
        }
        return switch (source.getName()) {
            case StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME -> "environment: " + name;
            case StandardEnvironment.SYSTEM_PROPERTIES_PROPERTY_SOURCE_NAME -> "system property";
            default -> source.getName();
        };
    }

    /** What is set and no setting; in the environment that is much, for Kubernetes describes services there. */
    private static List<Setting> unknown(
            Map<ConfigurationPropertyName, Optional<Object>> known, List<ConfigurationPropertySource> sources) {
        Map<ConfigurationPropertyName, Setting> unknown = new TreeMap<>();
        for (ConfigurationPropertySource source : sources) {
            if (source instanceof IterableConfigurationPropertySource several
                    && !isEnvironment(source)
                    && source.containsDescendantOf(OURS) != ConfigurationPropertyState.ABSENT) {
                several.stream()
                        .filter(OURS::isAncestorOf)
                        .filter(name -> known.keySet().stream()
                                .noneMatch(setting -> setting.equals(name) || setting.isAncestorOf(name)))
                        .forEach(name -> unknown.computeIfAbsent(
                                name,
                                missing -> new Setting(
                                        name.toString(),
                                        Optional.empty(),
                                        true,
                                        Optional.ofNullable(source.getConfigurationProperty(name))
                                                .map(SettingsInForce::origin)
                                                .orElse("unknown"))));
            }
        }
        return List.copyOf(unknown.values());
    }

    private static boolean isEnvironment(ConfigurationPropertySource source) {
        return source.getUnderlyingSource() instanceof PropertySource<?> underlying
                && underlying.getName().startsWith(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME);
    }
}

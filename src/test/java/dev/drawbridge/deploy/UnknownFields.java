package dev.drawbridge.deploy;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Fields that a manifest has and Kubernetes does not. The models swallow them as {@code additionalProperties}; the API
 * server would drop them with a warning that nobody reads.
 */
final class UnknownFields {
    private final List<String> found = new ArrayList<>();

    private UnknownFields() {}

    static List<String> in(Object model) {
        UnknownFields fields = new UnknownFields();
        fields.walk(model, model.getClass().getSimpleName());
        return fields.found;
    }

    private void walk(@Nullable Object value, String path) {
        switch (value) {
            case null -> {}
            case Collection<?> elements -> elements.forEach(element -> walk(element, path + "[]"));
            case Map<?, ?> entries -> entries.forEach((key, entry) -> walk(entry, path + "." + key));
            default -> walkFields(value, path);
        }
    }

    private void walkFields(Object model, String path) {
        if (model instanceof Enum<?>) {
            return;
        }
        for (Class<?> type = model.getClass();
                type != null && type.getName().startsWith("io.fabric8.");
                type = type.getSuperclass()) {
            for (Field field : type.getDeclaredFields()) {
                if (!Modifier.isStatic(field.getModifiers())) {
                    look(model, field, path);
                }
            }
        }
    }

    private void look(Object model, Field field, String path) {
        try {
            field.setAccessible(true);
            Object value = field.get(model);
            if (!field.getName().equals("additionalProperties")) {
                walk(value, path + "." + field.getName());
            } else if (value instanceof Map<?, ?> unknown) {
                unknown.keySet().forEach(key -> found.add(path + "." + key));
            }
        } catch (IllegalAccessException e) {
            throw new AssertionError(e);
        }
    }
}

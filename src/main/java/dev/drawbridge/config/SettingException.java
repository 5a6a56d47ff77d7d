package dev.drawbridge.config;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A setting with which the server cannot start. */
public final class SettingException extends RuntimeException {
    private final String property;
    private final String remedy;

    /**
     * @param property its full name
     * @param value its value, as far as it may be shown; null when it is a secret, or there is none
     * @param problem what is wrong with it, as the rest of a sentence that begins with the property
     * @param remedy what is allowed
     */
    public SettingException(String property, @Nullable String value, String problem, String remedy) {
        super(property + (value == null ? " " : " = " + value + " ") + problem);
        this.property = property;
        this.remedy = remedy;
    }

    /** The full name of the property. */
    public String property() {
        return property;
    }

    /** What is allowed. */
    public String remedy() {
        return remedy;
    }

    @Override
    public String getMessage() {
        return Objects.requireNonNull(super.getMessage());
    }
}

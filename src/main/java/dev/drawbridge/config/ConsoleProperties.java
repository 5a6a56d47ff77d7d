package dev.drawbridge.config;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The operator's console that is served at {@code /console}.
 *
 * @param enabled whether it is served
 */
@ConfigurationProperties("drawbridge.console")
public record ConsoleProperties(@DefaultValue("true") boolean enabled) {}

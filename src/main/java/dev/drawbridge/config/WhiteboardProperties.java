package dev.drawbridge.config;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The whiteboard that is served at {@code /}.
 *
 * @param enabled whether it is served
 * @param licenseKey your tldraw license key; tldraw asks for one when the page is served over https
 */
@ConfigurationProperties("drawbridge.whiteboard")
public record WhiteboardProperties(
        @DefaultValue("true") boolean enabled, @Nullable String licenseKey) {}

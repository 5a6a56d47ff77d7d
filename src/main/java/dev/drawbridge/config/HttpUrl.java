package dev.drawbridge.config;

import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import org.jspecify.annotations.Nullable;

/** The addresses in the settings. */
public final class HttpUrl {

    private HttpUrl() {}

    /**
     * An address on the web.
     *
     * @throws SettingException when it is none
     */
    public static URL checked(String property, @Nullable URI uri) {
        if (uri == null
                || uri.getHost() == null
                || uri.getScheme() == null
                || !uri.getScheme().matches("(?i)https?")) {
            throw wrong(property, uri);
        }
        try {
            return uri.toURL();
        } catch (MalformedURLException | IllegalArgumentException e) {
            throw wrong(property, uri);
        }
    }

    private static SettingException wrong(String property, @Nullable URI uri) {
        return new SettingException(
                property,
                uri == null ? null : uri.toString(),
                uri == null ? "is not set" : "is not an address on the web",
                "Set it to an absolute URL that starts with https:// or http://.");
    }
}

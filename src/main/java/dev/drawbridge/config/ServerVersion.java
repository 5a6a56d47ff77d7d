package dev.drawbridge.config;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.info.BuildProperties;
import org.springframework.stereotype.Component;

/** The version of this server, as its build wrote it down. */
@Component
public class ServerVersion {
    private final String text;

    ServerVersion(ObjectProvider<BuildProperties> build) {
        BuildProperties properties = build.getIfAvailable();
        String version = properties == null ? null : properties.getVersion();
        this.text = version == null ? "unknown" : version;
    }

    public String text() {
        return text;
    }
}

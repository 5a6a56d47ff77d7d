package dev.drawbridge.web.admin;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.info.BuildProperties;
import org.springframework.stereotype.Component;

/** The version of this server, as its build wrote it down. */
@Component
class ServerVersion {
    private final String text;

    ServerVersion(ObjectProvider<BuildProperties> build) {
        BuildProperties properties = build.getIfAvailable();
        String version = properties == null ? null : properties.getVersion();
        this.text = version == null ? "unknown" : version;
    }

    String text() {
        return text;
    }
}

package dev.drawbridge.config;

import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where rooms are kept.
 *
 * @param sqlite the embedded store
 */
@ConfigurationProperties("drawbridge.store")
public record StoreProperties(@DefaultValue Sqlite sqlite) {

    /** The store in words, for the log at start. */
    public String describe() {
        return "SQLite, " + sqlite.path().toAbsolutePath().normalize();
    }

    /**
     * The embedded store: one file.
     *
     * @param path the database file; it and its folder are made when they are missing
     */
    public record Sqlite(
            @DefaultValue("./data/drawbridge.db") Path path) {}
}

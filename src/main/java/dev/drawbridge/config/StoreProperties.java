package dev.drawbridge.config;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Pattern;
import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Where rooms are kept.
 *
 * @param type the kind of store: {@code sqlite} is embedded, for one server; {@code redis} is for Kubernetes and for
 *     several servers
 * @param sqlite the embedded store
 * @param redis the store in Redis; the connection is set by {@code spring.data.redis.*}
 */
@Validated
@ConfigurationProperties("drawbridge.store")
public record StoreProperties(
        @DefaultValue("sqlite") Type type,
        @DefaultValue @Valid Sqlite sqlite,
        @DefaultValue @Valid Redis redis) {

    /** The store in words, for the log at start. */
    public String describe() {
        return switch (type) {
            case SQLITE -> "SQLite, " + sqlite.path().toAbsolutePath().normalize();
            case REDIS -> "Redis, keys " + redis.keyPrefix() + ":{room}:…";
        };
    }

    /** The kinds of stores. */
    public enum Type {
        /** One file, embedded. */
        SQLITE,
        /** A Redis server, Sentinel or Cluster. */
        REDIS
    }

    /**
     * The embedded store: one file.
     *
     * @param path the database file; it and its folder are made when they are missing
     */
    public record Sqlite(
            @DefaultValue("./data/drawbridge.db") Path path) {}

    /**
     * The store in Redis.
     *
     * @param keyPrefix what the names of all its keys start with; visible ASCII characters without braces. Two
     *     installations on one Redis need different ones
     */
    public record Redis(
            @DefaultValue("drawbridge")
            @Pattern(regexp = "[!-z|~]+", message = "must be visible ASCII characters, at least one, without braces")
            String keyPrefix) {}
}

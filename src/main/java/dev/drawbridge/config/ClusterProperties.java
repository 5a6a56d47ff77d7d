package dev.drawbridge.config;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.nio.file.Path;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Several servers on one Redis. There is a cluster when the store is Redis and a secret is set; all of its servers need the
 * same secret.
 *
 * @param address what the other servers reach this one by, a host name or an address; by default the address of this host
 * @param port where it accepts links from the others
 * @param secret what the servers know each other by, at least 16 characters
 * @param secretFile a file with that secret; white space at its ends does not count
 * @param sslBundle the name of an SSL bundle ({@code spring.ssl.bundle.*}) with the certificate of this server and those that
 *     it trusts: with it the links are encrypted, and both ends show a certificate
 * @param heartbeat how often a server says that it is there
 * @param timeToLive after so much silence its rooms may be opened by others; at least three times {@code heartbeat}
 */
@Validated
@ConfigurationProperties("drawbridge.cluster")
public record ClusterProperties(
        @Nullable String address,
        @DefaultValue("7070") @Min(0) @Max(65535) int port,
        @Nullable String secret,
        @Nullable Path secretFile,
        @Nullable String sslBundle,
        @DefaultValue("2s") @DurationMin(millis = 100) Duration heartbeat,
        @DefaultValue("8s") @DurationMin(millis = 300) Duration timeToLive) {

    /** Without the secret. */
    @Override
    public String toString() {
        return "ClusterProperties[address=" + address + ", port=" + port + "]";
    }
}

package dev.drawbridge.config;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the server stops.
 *
 * @param timeout how long rooms may take to store what is to be stored and to close their sockets; keep it below
 *     {@code spring.lifecycle.timeout-per-shutdown-phase}, and that below the grace period of whoever stops the server
 */
@ConfigurationProperties("drawbridge.shutdown")
public record ShutdownProperties(@DefaultValue("20s") Duration timeout) {}

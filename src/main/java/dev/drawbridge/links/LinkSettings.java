package dev.drawbridge.links;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How pages are fetched, and for how long it is remembered what was in them.
 *
 * @param ports to which connections are made
 * @param timeout for all of it: names, redirects, reading
 * @param maxSize bytes of a page that are read, as it comes and as it is decompressed
 * @param maxConcurrent fetches at once
 * @param maxConcurrentPerClient questions of one client at once
 * @param cacheTtl for a preview
 * @param failureTtl for there being none
 * @param cacheSize bytes, more or less
 * @param proxy through which all of it goes; unresolved
 */
public record LinkSettings(
        Set<Integer> ports,
        HostRules hosts,
        AddressRules addresses,
        Duration timeout,
        int maxSize,
        int maxConcurrent,
        int maxConcurrentPerClient,
        Duration cacheTtl,
        Duration failureTtl,
        long cacheSize,
        @Nullable InetSocketAddress proxy,
        String userAgent) {}

package dev.drawbridge.links;

import java.util.List;

/** Names that mean something in a local network only (RFC 6761, RFC 6762, RFC 8375, and what ICANN keeps for it). */
final class LocalNames {
    private static final List<String> SUFFIXES =
            List.of(".localhost", ".local", ".internal", ".home.arpa", ".lan", ".intranet", ".corp", ".home");

    private LocalNames() {}

    /** @param host as in a URL; no address */
    static boolean isLocal(String host) {
        String name = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
        return name.indexOf('.') < 0 || SUFFIXES.stream().anyMatch(name::endsWith);
    }
}

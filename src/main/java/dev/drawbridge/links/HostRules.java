package dev.drawbridge.links;

import java.util.List;
import java.util.Locale;

/**
 * Of which hosts there are previews, by name: {@code example.com} for itself, {@code *.example.com} for all beneath it,
 * {@code *} for every one. What is denied is denied; else it has to be allowed, unless nothing is said of what is allowed.
 */
public final class HostRules {
    private final List<String> allowed;
    private final List<String> denied;

    /** @throws IllegalArgumentException when one of them is no such pattern */
    public HostRules(List<String> allowed, List<String> denied) {
        this.allowed = allowed.stream().map(HostRules::pattern).toList();
        this.denied = denied.stream().map(HostRules::pattern).toList();
    }

    /** Hosts are read as in URLs, so that both are written alike: {@code bücher.example} is one. */
    private static String pattern(String text) {
        if (text.equals("*")) {
            return text;
        }
        boolean beneath = text.startsWith("*.");
        String host = beneath ? text.substring(2) : text;
        LinkUrl url = LinkUrl.of("http://" + host + "/")
                .filter(it -> host.indexOf('*') < 0
                        && it.port() == 80
                        && it.toString().equals("http://" + it.host() + "/"))
                .orElseThrow(() -> new IllegalArgumentException(text));
        return (beneath ? "*." : "") + normalised(url.host());
    }

    /** @param host as in a URL */
    boolean allow(String host) {
        String name = normalised(host);
        return !matchesAny(denied, name) && (allowed.isEmpty() || matchesAny(allowed, name));
    }

    /** Whether the operator names it, or what it is beneath. */
    boolean allowByName(String host) {
        return matchesAny(allowed, normalised(host));
    }

    private static boolean matchesAny(List<String> patterns, String name) {
        return patterns.stream().anyMatch(pattern -> matches(pattern, name));
    }

    private static boolean matches(String pattern, String name) {
        return pattern.equals("*")
                || pattern.equals(name)
                || (pattern.startsWith("*.") && name.endsWith(pattern.substring(1)));
    }

    /** A name with a dot at its end is the same name. */
    private static String normalised(String host) {
        String lower = host.toLowerCase(Locale.ROOT);
        return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
    }
}

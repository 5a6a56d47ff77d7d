package dev.drawbridge.schema.primitives;

import dev.drawbridge.url.WhatwgUrl;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which texts a record may hold as a URL (records.json, urlRules): nothing at all, an absolute URL with one of a few
 * protocols, or a text that begins with {@code /} or {@code ./} and can be resolved against an http URL, which makes it
 * one of those.
 */
public final class UrlRules {

    private static final Set<String> LINK = Set.of("http:", "https:", "mailto:");
    private static final Set<String> SRC = Set.of("http:", "https:", "data:", "asset:");
    private static final Set<String> HTTP = Set.of("http:", "https:");

    private UrlRules() {}

    public static boolean isLinkUrl(String value) {
        return isUrl(value, LINK);
    }

    public static boolean isSrcUrl(String value) {
        return isUrl(value, SRC);
    }

    public static boolean isHttpUrl(String value) {
        return isUrl(value, HTTP);
    }

    private static boolean isUrl(String value, Set<String> protocols) {
        if (value.isEmpty() || value.startsWith("./")) {
            return true;
        }
        if (value.startsWith("/")) {
            return resolves(value);
        }
        @Nullable WhatwgUrl url = WhatwgUrl.parse(value);
        return url != null && protocols.contains(url.protocol());
    }

    /** A reference that begins with a slash can only fail when a second one makes what follows a host. */
    private static boolean resolves(String reference) {
        int second = 1;
        while (second < reference.length() && "\t\n\r".indexOf(reference.charAt(second)) >= 0) {
            second++;
        }
        boolean hasHost = second < reference.length() && "/\\".indexOf(reference.charAt(second)) >= 0;
        return !hasHost || WhatwgUrl.parse("http:" + reference) != null;
    }
}

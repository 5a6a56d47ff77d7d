package dev.drawbridge.url;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An absolute URL as the WHATWG URL Standard parses it, with the parts that JavaScript's {@code URL} has under the same
 * names. Whether a text is a URL depends on its scheme, host and port alone, so parsing looks at nothing else: the path,
 * query and fragment, which can be megabytes of data, are normalised when they are asked for.
 */
public final class WhatwgUrl {

    private static final int NO_PORT = -1;
    private static final String FILE = "file";

    /** The special schemes with their default ports. */
    private static final Map<String, Integer> SPECIAL =
            Map.of("http", 80, "https", 443, "ws", 80, "wss", 443, "ftp", 21, FILE, NO_PORT);

    private final String text;
    private final String scheme;
    private final @Nullable UrlAuthority authority;
    private final int pathStart;
    private final int pathEnd;
    private final int queryEnd;

    private WhatwgUrl(String text, String scheme, @Nullable UrlAuthority authority, int pathStart) {
        this.text = text;
        this.scheme = scheme;
        this.authority = authority;
        this.pathStart = pathStart;
        int fragment = text.indexOf('#', pathStart);
        this.queryEnd = fragment < 0 ? text.length() : fragment;
        int query = text.indexOf('?', pathStart, queryEnd);
        this.pathEnd = query < 0 ? queryEnd : query;
    }

    /** The URL, or null when the text is not an absolute URL. */
    public static @Nullable WhatwgUrl parse(String input) {
        String text = UrlText.clean(input);
        int colon = schemeEnd(text);
        if (colon < 0) {
            return null;
        }
        String scheme = text.substring(0, colon).toLowerCase(Locale.ROOT);
        int rest = colon + 1;
        if (scheme.equals(FILE)) {
            return parseFile(text, rest);
        }
        if (SPECIAL.containsKey(scheme)) {
            int start = rest;
            while (start < text.length() && isSlash(text.charAt(start))) {
                start++;
            }
            return withAuthority(text, scheme, start);
        }
        return text.startsWith("//", rest)
                ? withAuthority(text, scheme, rest + 2)
                : new WhatwgUrl(text, scheme, null, rest);
    }

    /** What a reference means in a document at this URL, which must be an http or https one; null when it means nothing. */
    public @Nullable WhatwgUrl resolve(String reference) {
        String text = UrlText.clean(reference);
        int colon = schemeEnd(text);
        if (colon < 0) {
            return parse(absolute(text));
        }
        boolean relative = text.substring(0, colon).equalsIgnoreCase(scheme)
                && !(isSlashAt(text, colon + 1) && isSlashAt(text, colon + 2));
        return parse(relative ? absolute(text.substring(colon + 1)) : text);
    }

    private String absolute(String reference) {
        if (isSlashAt(reference, 0)) {
            return protocol() + (isSlashAt(reference, 1) ? "" : "//" + authority) + reference;
        }
        String front = protocol() + "//" + authority;
        String path = pathname();
        return switch (reference.isEmpty() ? '#' : reference.charAt(0)) {
            case '?' -> front + path + reference;
            case '#' -> front + path + query() + reference;
            default -> front + path.substring(0, path.lastIndexOf('/') + 1) + reference;
        };
    }

    /** The scheme in lower case, with its colon. */
    public String protocol() {
        return scheme + ":";
    }

    /** The host with the port, if there is one that is not the default of the scheme. */
    public String host() {
        return authority == null ? "" : authority.hostAndPort();
    }

    public String hostname() {
        return authority == null ? "" : authority.host();
    }

    /** The port, or nothing when it is the default of the scheme. */
    public String port() {
        return authority == null || authority.port().isEmpty()
                ? ""
                : authority.port().substring(1);
    }

    /** Whether it has a user name or a password. */
    public boolean hasCredentials() {
        return authority != null && !authority.credentials().isEmpty();
    }

    /** What comes before the path of an http or https URL: scheme, host and port. */
    public String origin() {
        return protocol() + "//" + host();
    }

    public String pathname() {
        if (isOpaque()) {
            return PercentEncoding.CONTROL.encode(text, pathStart, pathEnd);
        }
        StringBuilder path = new StringBuilder();
        for (String segment : segments()) {
            path.append('/').append(segment);
        }
        return path.toString();
    }

    /** The query with its question mark, or nothing when it is empty. */
    public String search() {
        String query = query();
        return query.length() == 1 ? "" : query;
    }

    /** The fragment with its number sign, or nothing when it is empty. */
    public String hash() {
        String fragment = fragment();
        return fragment.length() == 1 ? "" : fragment;
    }

    /** The whole URL, normalised. */
    public String href() {
        String front = authority == null ? hidesNoAuthority() : "//" + authority;
        return protocol() + front + pathname() + query() + fragment();
    }

    /** This URL with another path, search and hash, each of them normalised and with its mark; for a URL with a host. */
    public String hrefWith(String pathname, String search, String hash) {
        return protocol() + "//" + (authority == null ? "" : authority) + pathname + search + hash;
    }

    @Override
    public String toString() {
        return href();
    }

    /** A path that starts with two slashes would be read as a host. */
    private String hidesNoAuthority() {
        List<String> segments = isOpaque() ? List.of() : segments();
        return segments.size() > 1 && segments.getFirst().isEmpty() ? "/." : "";
    }

    private boolean isOpaque() {
        return authority == null && !text.startsWith("/", pathStart);
    }

    private boolean isSpecial() {
        return SPECIAL.containsKey(scheme);
    }

    private List<String> segments() {
        return UrlPath.segments(text, pathStart, pathEnd, isSpecial(), scheme.equals(FILE));
    }

    private String query() {
        PercentEncoding set = isSpecial() ? PercentEncoding.SPECIAL_QUERY : PercentEncoding.QUERY;
        return pathEnd == queryEnd ? "" : "?" + set.encode(text, pathEnd + 1, queryEnd);
    }

    private String fragment() {
        return queryEnd == text.length()
                ? ""
                : "#" + PercentEncoding.FRAGMENT.encode(text, queryEnd + 1, text.length());
    }

    private static @Nullable WhatwgUrl withAuthority(String text, String scheme, int start) {
        boolean special = SPECIAL.containsKey(scheme);
        int end = authorityEnd(text, start, special);
        UrlAuthority authority =
                UrlAuthority.parse(text.substring(start, end), special, SPECIAL.getOrDefault(scheme, NO_PORT));
        return authority == null ? null : new WhatwgUrl(text, scheme, authority, end);
    }

    private static @Nullable WhatwgUrl parseFile(String text, int start) {
        boolean hasHost = isSlashAt(text, start) && isSlashAt(text, start + 1);
        if (!hasHost) {
            return new WhatwgUrl(text, FILE, UrlAuthority.EMPTY, start);
        }
        int end = authorityEnd(text, start + 2, true);
        String host = text.substring(start + 2, end);
        if (host.isEmpty()) {
            return new WhatwgUrl(text, FILE, UrlAuthority.EMPTY, end);
        }
        if (UrlPath.isDriveLetter(host)) {
            return new WhatwgUrl(text, FILE, UrlAuthority.EMPTY, start + 2);
        }
        UrlAuthority authority = UrlAuthority.ofFile(host);
        return authority == null ? null : new WhatwgUrl(text, FILE, authority, end);
    }

    private static int schemeEnd(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == ':' && i > 0) {
                return i;
            }
            boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
            boolean other = (c >= '0' && c <= '9') || c == '+' || c == '-' || c == '.';
            if (!letter && (!other || i == 0)) {
                return -1;
            }
        }
        return -1;
    }

    private static int authorityEnd(String text, int start, boolean special) {
        for (int i = start; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '/' || c == '?' || c == '#' || (special && c == '\\')) {
                return i;
            }
        }
        return text.length();
    }

    private static boolean isSlashAt(String text, int index) {
        return index < text.length() && isSlash(text.charAt(index));
    }

    private static boolean isSlash(char c) {
        return c == '/' || c == '\\';
    }
}

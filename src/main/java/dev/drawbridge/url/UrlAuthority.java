package dev.drawbridge.url;

import org.jspecify.annotations.Nullable;

/**
 * What stands between the two slashes and the path of a URL.
 *
 * @param credentials user name and password with the at sign, or nothing
 * @param mappedHost as {@link UrlHost} gives it
 * @param port with its colon, or nothing for the default of the scheme
 */
record UrlAuthority(String credentials, String mappedHost, String port) {

    static final UrlAuthority EMPTY = new UrlAuthority("", "", "");

    /** The authority, or null when it is not valid. */
    static @Nullable UrlAuthority parse(String text, boolean special, int defaultPort) {
        int at = text.lastIndexOf('@');
        int hostStart = at + 1;
        int colon = portColon(text, hostStart);
        String hostText = text.substring(hostStart, colon);
        boolean mayBeEmpty = !special && at < 0 && colon == text.length();
        if (hostText.isEmpty() && !mayBeEmpty) {
            return null;
        }
        String port = port(text, colon, defaultPort);
        if (port == null) {
            return null;
        }
        String host = special ? UrlHost.parseSpecial(hostText) : UrlHost.parseOpaque(hostText);
        return host == null ? null : new UrlAuthority(credentials(text, at), host, port);
    }

    /** The authority of a file URL, which is a host alone. */
    static @Nullable UrlAuthority ofFile(String text) {
        String host = UrlHost.parseSpecial(text);
        if (host == null) {
            return null;
        }
        return host.equals("localhost") ? EMPTY : new UrlAuthority("", host, "");
    }

    /** The host as it is written in a normalised URL, in ASCII. */
    String host() {
        return DomainNames.toAscii(mappedHost);
    }

    String hostAndPort() {
        return host() + port;
    }

    @Override
    public String toString() {
        return credentials + host() + port;
    }

    /** Where the first colon outside brackets is, or the end. */
    private static int portColon(String text, int start) {
        boolean inBrackets = false;
        for (int i = start; i < text.length(); i++) {
            switch (text.charAt(i)) {
                case '[' -> inBrackets = true;
                case ']' -> inBrackets = false;
                case ':' -> {
                    if (!inBrackets) {
                        return i;
                    }
                }
                default -> {}
            }
        }
        return text.length();
    }

    private static @Nullable String port(String text, int colon, int defaultPort) {
        int port = 0;
        for (int i = colon + 1; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < '0' || c > '9') {
                return null;
            }
            port = port * 10 + (c - '0');
            if (port > 0xffff) {
                return null;
            }
        }
        return colon + 1 >= text.length() || port == defaultPort ? "" : ":" + port;
    }

    private static String credentials(String text, int at) {
        if (at < 0) {
            return "";
        }
        int colon = text.indexOf(':', 0, at);
        int nameEnd = colon < 0 ? at : colon;
        String name = PercentEncoding.USERINFO.encode(text, 0, nameEnd);
        String password = colon < 0 ? "" : PercentEncoding.USERINFO.encode(text, colon + 1, at);
        if (name.isEmpty() && password.isEmpty()) {
            return "";
        }
        return name + (password.isEmpty() ? "" : ":" + password) + "@";
    }
}

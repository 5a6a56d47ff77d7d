package dev.drawbridge.url;

import org.jspecify.annotations.Nullable;

/**
 * Hosts as the URL Standard reads them; a host is given as it is written in a normalised URL, but for labels of a domain
 * that are not ASCII: {@link UrlAuthority#host} writes them.
 */
final class UrlHost {

    private static final AsciiSet FORBIDDEN = AsciiSet.of("\0\t\n\r #/:<>?@[\\]^|");
    private static final AsciiSet FORBIDDEN_IN_DOMAINS = AsciiSet.ofControlsAnd(" #/:<>?@[\\]^|%");

    private UrlHost() {}

    /** The host of a URL with a special scheme: an address or a domain as mapped; null when it is not valid. */
    static @Nullable String parseSpecial(String text) {
        if (text.startsWith("[")) {
            return bracketed(text);
        }
        String domain = DomainNames.mapped(isPlainAscii(text) ? text : PercentEncoding.decode(text));
        if (domain == null || domain.isEmpty() || hasAny(FORBIDDEN_IN_DOMAINS, domain)) {
            return null;
        }
        return Ipv4.looksLikeAddress(domain) ? Ipv4.parse(domain) : domain;
    }

    /** The host of any other URL: nearly every text; null when it is not valid. */
    static @Nullable String parseOpaque(String text) {
        if (text.startsWith("[")) {
            return bracketed(text);
        }
        return hasAny(FORBIDDEN, text) ? null : PercentEncoding.CONTROL.encode(text, 0, text.length());
    }

    private static @Nullable String bracketed(String text) {
        if (!text.endsWith("]")) {
            return null;
        }
        String address = Ipv6.parse(text.substring(1, text.length() - 1));
        return address == null ? null : "[" + address + "]";
    }

    private static boolean isPlainAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= 0x80 || text.charAt(i) == '%') {
                return false;
            }
        }
        return true;
    }

    private static boolean hasAny(AsciiSet forbidden, String text) {
        for (int i = 0; i < text.length(); i++) {
            if (forbidden.contains(text.charAt(i))) {
                return true;
            }
        }
        return false;
    }
}

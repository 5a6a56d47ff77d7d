package dev.drawbridge.links;

import dev.drawbridge.url.WhatwgUrl;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The address of a page: an http or https URL without user name and password, read as browsers read it. */
public final class LinkUrl {
    /** What browsers and servers agree on, more or less. */
    static final int MAX_LENGTH = 2048;

    private final WhatwgUrl url;
    private final String text;

    private LinkUrl(WhatwgUrl url, String text) {
        this.url = url;
        this.text = text;
    }

    /** Empty when the text is no such URL, or too long. */
    public static Optional<LinkUrl> of(String text) {
        return text.length() > MAX_LENGTH ? Optional.empty() : of(WhatwgUrl.parse(text));
    }

    private static Optional<LinkUrl> of(@Nullable WhatwgUrl url) {
        if (url == null || !isWeb(url.protocol()) || url.hasCredentials()) {
            return Optional.empty();
        }
        String text = url.origin() + url.pathname() + url.search();
        return text.length() > MAX_LENGTH ? Optional.empty() : Optional.of(new LinkUrl(url, text));
    }

    private static boolean isWeb(String protocol) {
        return protocol.equals("http:") || protocol.equals("https:");
    }

    /** What a reference in a document at this address means, when that is such an address. */
    Optional<LinkUrl> resolve(String reference) {
        return reference.length() > MAX_LENGTH ? Optional.empty() : of(url.resolve(reference));
    }

    /** The host as in the URL: a name in ASCII, four decimal numbers, or an IPv6 address in brackets. */
    String host() {
        return url.hostname();
    }

    int port() {
        return url.port().isEmpty() ? (url.protocol().equals("https:") ? 443 : 80) : Integer.parseInt(url.port());
    }

    /** The last part of the path, as it stands there; empty for a directory. */
    String lastSegment() {
        String path = url.pathname();
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /** Normalised, without the fragment: the same for the same page. */
    @Override
    public String toString() {
        return text;
    }
}

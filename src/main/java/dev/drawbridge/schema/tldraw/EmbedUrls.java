package dev.drawbridge.schema.tldraw;

import dev.drawbridge.json.JsonObject;
import dev.drawbridge.json.JsonString;
import dev.drawbridge.schema.Edit;
import dev.drawbridge.url.WhatwgUrl;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Embeds used to hold the URL of the frame to show. This turns it back into the URL of the page, for the sites that were
 * known then (migrations.json, embedRules). The hosts with an asterisk never matched anything but themselves.
 */
final class EmbedUrls {

    /** The page behind an embed, or nothing when the URL is not that of a known embed. */
    @FunctionalInterface
    private interface Rule {
        @Nullable
        String originalUrl(String text, WhatwgUrl url);
    }

    private record Site(Set<String> hosts, Rule rule) {
        static Site of(Rule rule, String... hosts) {
            return new Site(Set.of(hosts), rule);
        }
    }

    private static final Set<String> WITH_ORIGIN = Set.of("http:", "https:", "ws:", "wss:", "ftp:");

    private static final List<Site> SITES = List.of(
            Site.of(
                    (text, url) -> isPath(url, "^/r/[^/]+/?$") ? text : null,
                    "beta.tldraw.com",
                    "tldraw.com",
                    "localhost:3000"),
            Site.of(EmbedUrls::figma, "figma.com"),
            Site.of(EmbedUrls::googleMaps, "google.*"),
            Site.of((text, url) -> fromPath(url, "/embed/(.+)/?", "https://www.val.town/v/"), "val.town"),
            Site.of((text, url) -> fromPath(url, "/embed/([^/]+)/?", "https://codesandbox.io/s/"), "codesandbox.io"),
            Site.of(EmbedUrls::codepen, "codepen.io"),
            Site.of(EmbedUrls::scratch, "scratch.mit.edu"),
            Site.of(EmbedUrls::youtube, "*.youtube.com", "youtube.com", "youtu.be"),
            Site.of(EmbedUrls::googleCalendar, "calendar.google.*"),
            Site.of(EmbedUrls::googleSlides, "docs.google.*"),
            Site.of(
                    (text, url) -> isPath(url, "/([^/]+)/([^/]+)") && !text.endsWith("/") ? text : null,
                    "gist.github.com"),
            Site.of(EmbedUrls::replit, "replit.com"),
            Site.of(EmbedUrls::felt, "felt.com"),
            Site.of(EmbedUrls::spotify, "open.spotify.com"),
            Site.of(EmbedUrls::vimeo, "vimeo.com", "player.vimeo.com"),
            Site.of(EmbedUrls::observable, "observablehq.com"),
            Site.of(EmbedUrls::desmos, "desmos.com"));

    static final Edit RESTORE_ORIGINAL_URL = EmbedUrls::restoreOriginalUrl;

    private EmbedUrls() {}

    private static JsonObject restoreOriginalUrl(JsonObject props, RandomGenerator random) {
        String text = props.string("url");
        WhatwgUrl url = text == null ? null : WhatwgUrl.parse(text);
        if (text == null || url == null) {
            return withUrls(props, "", "");
        }
        String original = originalUrl(text, url);
        return withUrls(props, original == null ? "" : original, text);
    }

    private static JsonObject withUrls(JsonObject props, String url, String oldUrl) {
        return props.with("url", JsonString.of(url)).with("tmpOldUrl", JsonString.of(oldUrl));
    }

    private static @Nullable String originalUrl(String text, WhatwgUrl url) {
        String host = withoutFirst(url.host(), "www.");
        for (Site site : SITES) {
            if (site.hosts().contains(host)) {
                return site.rule().originalUrl(text, url);
            }
        }
        return null;
    }

    private static @Nullable String figma(String text, WhatwgUrl url) {
        String page = FormQuery.of(url).get("url");
        return isPath(url, "^/embed/?$") && page != null && !page.isEmpty() ? page : null;
    }

    private static @Nullable String googleMaps(String text, WhatwgUrl url) {
        FormQuery query = FormQuery.of(url);
        String center = query.get("center");
        String zoom = query.get("zoom");
        if (!isPath(url, "^/maps/embed/v1/view/?$") || center == null || zoom == null || zoom.isEmpty()) {
            return null;
        }
        String[] position = center.split(",", -1);
        String longitude = position.length > 1 ? position[1] : "undefined";
        return "https://www.google.com/maps/@" + position[0] + ',' + longitude + ',' + zoom + 'z';
    }

    private static @Nullable String codepen(String text, WhatwgUrl url) {
        Matcher embed = find("https://codepen.io/([^/]+)/embed/([^/]+)", text);
        return embed == null ? null : "https://codepen.io/" + embed.group(1) + "/pen/" + embed.group(2);
    }

    private static @Nullable String scratch(String text, WhatwgUrl url) {
        Matcher embed = find("https://scratch.mit.edu/projects/embed/([^/]+)", text);
        return embed == null ? null : "https://scratch.mit.edu/projects/" + embed.group(1);
    }

    private static @Nullable String youtube(String text, WhatwgUrl url) {
        return url.hostname().replaceFirst("^www.", "").equals("youtube.com")
                ? fromPath(url, "^/embed/([^/]+)/?", "https://www.youtube.com/watch?v=")
                : null;
    }

    private static @Nullable String googleCalendar(String text, WhatwgUrl url) {
        String calendar = FormQuery.of(url).get("src");
        if (!isPath(url, "/calendar/embed") || calendar == null || calendar.isEmpty()) {
            return null;
        }
        return rebuilt(url, _ -> "/calendar/u/0", "?" + FormQuery.of("cid", calendar));
    }

    private static @Nullable String googleSlides(String text, WhatwgUrl url) {
        if (!isPath(url, "^/presentation") || !isPath(url, "/embed/?$")) {
            return null;
        }
        String query = FormQuery.of(url).isEmpty() ? rawQuery(url) : "";
        return rebuilt(url, path -> path.replaceFirst("/embed$", "/pub"), query);
    }

    private static @Nullable String replit(String text, WhatwgUrl url) {
        FormQuery query = FormQuery.of(url);
        if (!isPath(url, "/@([^/]+)/([^/]+)") || query.get("embed") == null) {
            return null;
        }
        FormQuery rest = query.without("embed");
        return rebuilt(url, UnaryOperator.identity(), rest.isEmpty() ? "" : "?" + rest);
    }

    private static @Nullable String felt(String text, WhatwgUrl url) {
        return isPath(url, "^/embed/map/") ? rebuilt(url, EmbedUrls::withoutEmbed, rawQuery(url)) : null;
    }

    private static @Nullable String spotify(String text, WhatwgUrl url) {
        return isPath(url, "^/embed/(artist|album)/") ? origin(url) + withoutEmbed(url.pathname()) : null;
    }

    private static @Nullable String vimeo(String text, WhatwgUrl url) {
        return url.hostname().equals("player.vimeo.com")
                ? fromPath(url, "^/video/([^/]+)/?$", "https://vimeo.com/")
                : null;
    }

    private static @Nullable String observable(String text, WhatwgUrl url) {
        if (isPath(url, "^/embed/@([^/]+)/([^/]+)/?$")) {
            return origin(url) + withoutEmbed(url.pathname()) + "#cell-*";
        }
        return isPath(url, "^/embed/([^/]+)/?$") ? origin(url) + "/d" + withoutEmbed(url.pathname()) + "#cell-*" : null;
    }

    private static @Nullable String desmos(String text, WhatwgUrl url) {
        boolean isEmbed = url.hostname().equals("www.desmos.com")
                && isPath(url, "^/calculator/([^/]+)/?$")
                && url.search().equals("?embed")
                && url.hash().isEmpty();
        return isEmbed ? withoutFirst(text, "?embed") : null;
    }

    /** Of other URLs JavaScript says that the origin is {@code null}, and writes it like that. */
    private static String origin(WhatwgUrl url) {
        return WITH_ORIGIN.contains(url.protocol()) ? url.origin() : "null";
    }

    private static String withoutEmbed(String path) {
        return path.replaceFirst("^/embed", "");
    }

    private static String withoutFirst(String text, String part) {
        return text.replaceFirst(Pattern.quote(part), "");
    }

    private static boolean isPath(WhatwgUrl url, String pattern) {
        return find(pattern, url.pathname()) != null;
    }

    private static @Nullable String fromPath(WhatwgUrl url, String pattern, String prefix) {
        Matcher path = find(pattern, url.pathname());
        return path == null ? null : prefix + path.group(1);
    }

    private static @Nullable Matcher find(String pattern, String text) {
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        return matcher.find() ? matcher : null;
    }

    /** The same URL with another path and query. */
    private static String rebuilt(WhatwgUrl url, UnaryOperator<String> path, String query) {
        String href = url.href();
        String front = href.substring(0, pathEnd(href) - url.pathname().length());
        return front + path.apply(url.pathname()) + query + href.substring(queryEnd(href));
    }

    private static String rawQuery(WhatwgUrl url) {
        String href = url.href();
        return href.substring(pathEnd(href), queryEnd(href));
    }

    private static int pathEnd(String href) {
        int query = href.indexOf('?');
        return query < 0 ? queryEnd(href) : Math.min(query, queryEnd(href));
    }

    private static int queryEnd(String href) {
        int fragment = href.indexOf('#');
        return fragment < 0 ? href.length() : fragment;
    }
}

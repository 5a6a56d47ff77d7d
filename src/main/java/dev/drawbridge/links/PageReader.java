package dev.drawbridge.links;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jspecify.annotations.Nullable;

/** Makes a preview of a page: of what it says about itself for others, else of what it says for browsers. */
final class PageReader {
    private static final int MAX_TITLE = 300;
    private static final int MAX_DESCRIPTION = 1_000;
    private static final int MAX_PIXELS = 100_000;

    /** What a page says about itself comes before so many tags; an element takes far more memory than the text of its tag. */
    private static final int MAX_TAGS = 10_000;

    private final Predicate<LinkUrl> mayBeShown;

    /** @param mayBeShown which URLs of images and icons browsers may be told */
    PageReader(Predicate<LinkUrl> mayBeShown) {
        this.mayBeShown = mayBeShown;
    }

    /** Empty when there is nothing to show. */
    Optional<LinkPreview> read(Fetched fetched) {
        return fetched.isImage() ? image(fetched.url()) : page(fetched);
    }

    private Optional<LinkPreview> image(LinkUrl url) {
        String name = url.lastSegment();
        return Optional.of(new LinkPreview(
                text(name.isEmpty() ? url.host() : decoded(name), MAX_TITLE), "", url.toString(), "", null, null));
    }

    private Optional<LinkPreview> page(Fetched fetched) {
        Document document = parsed(fetched);
        LinkUrl base = Optional.ofNullable(document.selectFirst("base[href]"))
                .flatMap(element -> fetched.url().resolve(element.attr("href")))
                .orElse(fetched.url());
        MetaTags meta = MetaTags.of(document);
        String title =
                first(MAX_TITLE, Stream.concat(meta.values("og:title", "twitter:title"), Stream.of(document.title())));
        String description =
                first(MAX_DESCRIPTION, meta.values("og:description", "twitter:description", "description"));
        String openGraphImage = url(fetched, base, meta.values("og:image:secure_url", "og:image", "og:image:url"));
        String image = openGraphImage.isEmpty()
                ? url(fetched, base, meta.values("twitter:image", "twitter:image:src"))
                : openGraphImage;
        if (title.isEmpty() && description.isEmpty() && image.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new LinkPreview(
                title,
                description,
                image,
                favicon(document, base, fetched),
                openGraphImage.isEmpty() ? null : pixels(meta.values("og:image:width")),
                openGraphImage.isEmpty() ? null : pixels(meta.values("og:image:height"))));
    }

    private static Document parsed(Fetched fetched) {
        try (ByteArrayInputStream body = new ByteArrayInputStream(upToTag(fetched.body(), MAX_TAGS))) {
            return Jsoup.parse(body, known(fetched.charset()), "");
        } catch (IOException e) {
            return new Document(""); // not from memory
        }
    }

    private static byte[] upToTag(byte[] html, int most) {
        int tags = 0;
        for (int i = 0; i < html.length; i++) {
            if (html[i] == '<' && ++tags > most) {
                return Arrays.copyOf(html, i);
            }
        }
        return html;
    }

    /** Null leaves it to the page, and to the mark at its beginning. */
    private static @Nullable String known(@Nullable String charset) {
        try {
            return charset != null && Charset.isSupported(charset) ? charset : null;
        } catch (IllegalCharsetNameException e) {
            return null;
        }
    }

    /** When the page names no icon it may be where browsers look for it then; a client that finds none shows none. */
    private String favicon(Document document, LinkUrl base, Fetched page) {
        List<Element> links = document.select("link[rel][href]");
        String named = url(
                page,
                base,
                Stream.of("apple-touch-icon", "apple-touch-icon-precomposed", "icon")
                        .flatMap(rel -> links.stream().filter(link -> hasRelation(link, rel)))
                        .map(link -> link.attr("href")));
        return named.isEmpty() ? url(page, page.url(), Stream.of("/favicon.ico")) : named;
    }

    private static boolean hasRelation(Element link, String relation) {
        return Arrays.stream(link.attr("rel").split("\\s+", -1)).anyMatch(relation::equalsIgnoreCase);
    }

    /** What is at the host of the page is where the page was allowed to be. */
    private String url(Fetched page, LinkUrl base, Stream<String> references) {
        return references
                .filter(reference -> !reference.isBlank())
                .flatMap(reference -> base.resolve(reference).stream())
                .filter(url -> url.host().equals(page.url().host()) || mayBeShown.test(url))
                .map(LinkUrl::toString)
                .findFirst()
                .orElse("");
    }

    private static @Nullable Integer pixels(Stream<String> values) {
        return values.map(String::strip)
                .filter(value -> value.matches("[0-9]{1,6}"))
                .map(Integer::valueOf)
                .filter(value -> value > 0 && value <= MAX_PIXELS)
                .findFirst()
                .orElse(null);
    }

    private static String first(int most, Stream<String> texts) {
        return texts.map(text -> text(text, most))
                .filter(text -> !text.isEmpty())
                .findFirst()
                .orElse("");
    }

    /** In one line, without what is no text, and not too long. */
    private static String text(String raw, int most) {
        String text = raw.replaceAll("[\\s\\p{Z}\\p{Cc}]+", " ").strip();
        if (text.length() <= most) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(most - 2)) ? most - 2 : most - 1;
        return text.substring(0, end).strip() + "…";
    }

    private static String decoded(String segment) {
        try {
            return URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return segment;
        }
    }
}

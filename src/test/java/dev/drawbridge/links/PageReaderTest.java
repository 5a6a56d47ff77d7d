package dev.drawbridge.links;

import static dev.drawbridge.links.Pages.url;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The preview of a page")
class PageReaderTest {
    private static final String PAGE = "https://example.com/a/b?c";

    private final PageReader reader =
            new PageReader(Pages.destinations(Pages.settings(Set.of(443)), new Pages.Names())::mayBeShown);

    private Optional<LinkPreview> read(String html) {
        return read(html.getBytes(StandardCharsets.UTF_8), "text/html; charset=utf-8");
    }

    private Optional<LinkPreview> read(byte[] html, String contentType) {
        return reader.read(Fetched.empty(url(PAGE), contentType).with(html));
    }

    private LinkPreview preview(String html) {
        return read(html).orElseThrow();
    }

    private static String meta(String name, String content) {
        return "<meta property='%s' content='%s'>".formatted(name, content);
    }

    @Test
    @DisplayName("has all that it says about itself")
    void openGraph() {
        assertThat(preview("<head><title>t</title>" + meta("og:title", "A title") + meta("og:description", "More")
                        + meta("og:image", "/i.png") + meta("og:image:width", "1200") + meta("og:image:height", " 630 ")
                        + "<link rel='shortcut icon' href='i.ico'>"))
                .isEqualTo(new LinkPreview(
                        "A title", "More", "https://example.com/i.png", "https://example.com/a/i.ico", 1200, 630));
    }

    @Test
    @DisplayName("is made of what it says for browsers when it says nothing for others, whatever is wrong with it")
    void plain() {
        assertThat(preview("<meta name=Description content='  some\n\twords '><TITLE>\n A &amp; B\u2028</title><p>"))
                .isEqualTo(new LinkPreview("A & B", "some words", "", "https://example.com/favicon.ico", null, null));
    }

    @Test
    @DisplayName("takes Open Graph before Twitter's cards before HTML, and what is there before what is empty")
    void order() {
        String head = "<title>3</title><meta name=description content=3>";
        assertThat(preview(head).title()).isEqualTo("3");
        assertThat(preview(head).description()).isEqualTo("3");
        head += "<meta name=twitter:title content=2><meta property=twitter:description content=2>";
        assertThat(preview(head).title()).isEqualTo("2");
        assertThat(preview(head).description()).isEqualTo("2");
        assertThat(preview(head + meta("og:title", " ") + meta("og:description", ""))
                        .title())
                .isEqualTo("2");
        head += "<meta name=og:title content=1>" + meta("OG:description", "1") + meta("og:title", "0");
        assertThat(preview(head).title()).isEqualTo("1");
        assertThat(preview(head).description()).isEqualTo("1");
    }

    @Test
    @DisplayName("takes an image with https before og:image before Twitter's")
    void images() {
        String head = "<meta name=twitter:image content=3.png>" + meta("og:image:width", "7");
        assertThat(preview(head).image()).isEqualTo("https://example.com/a/3.png");
        assertThat(preview(head).imageWidth()).isNull();
        head += meta("og:image", "http://other.example/2.png");
        assertThat(preview(head).image()).isEqualTo("http://other.example/2.png");
        assertThat(preview(head).imageWidth()).isEqualTo(7);
        head += meta("og:image:secure_url", "https://other.example/1.png");
        assertThat(preview(head).image()).isEqualTo("https://other.example/1.png");
    }

    @Test
    @DisplayName("takes apple-touch-icon before icon, and no other")
    void icons() {
        String head = "<title>t</title><link rel=mask-icon href=0><link rel=stylesheet href=0>";
        assertThat(preview(head).favicon()).isEqualTo("https://example.com/favicon.ico");
        head += "<link rel='Shortcut Icon' href=1>";
        assertThat(preview(head).favicon()).isEqualTo("https://example.com/a/1");
        head += "<link rel=apple-touch-icon-precomposed href=2>";
        assertThat(preview(head).favicon()).isEqualTo("https://example.com/a/2");
        head += "<link rel='apple-touch-icon' sizes=180x180 href=3>";
        assertThat(preview(head).favicon()).isEqualTo("https://example.com/a/3");
    }

    @Test
    @DisplayName("has absolute URLs, by the base of the page when it has one")
    void base() {
        String head = meta("og:image", "i.png") + "<link rel=icon href='/f'>";
        assertThat(preview("<base href='//cdn.example/x/'>" + head).image()).isEqualTo("https://cdn.example/x/i.png");
        assertThat(preview("<base href='/x/'><base href='/y/'>" + head).image())
                .isEqualTo("https://example.com/x/i.png");
        assertThat(preview("<base target=_top>" + head).image()).isEqualTo("https://example.com/a/i.png");
        assertThat(preview("<base href='javascript:1'>" + head).image()).isEqualTo("https://example.com/a/i.png");
        assertThat(preview("<base href='//cdn.example/x/'>" + head).favicon()).isEqualTo("https://cdn.example/f");
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "javascript:alert(1)",
                "java&#10;script:alert(1)",
                "data:image/png;base64,AAAA",
                "file:///etc/passwd",
                "blob:x",
                "vbscript:x",
                "http://user:pw@other.example/i.png",
                "http://192.168.1.1/reboot",
                "http://0x7f.2/",
                "http://[::ffff:10.0.0.1]/",
                "//localhost/x",
                "http://printer.local/",
                "http://",
                " "
            })
    @DisplayName("has no image or icon at any other place than a public one on the web")
    void badImages(String reference) {
        LinkPreview preview = preview("<title>t</title>" + meta("og:image", reference)
                + meta("twitter:image", reference) + "<link rel=icon href='" + reference + "'>");
        assertThat(preview.image()).isEmpty();
        assertThat(preview.favicon()).isEqualTo("https://example.com/favicon.ico");
    }

    @Test
    @DisplayName("has images and icons at the host of the page, wherever that is")
    void ownHost() {
        LinkPreview preview = reader.read(Fetched.empty(url("http://wiki.internal/home"), "text/html")
                        .with("<title>t</title><meta property=og:image content=i.png>"
                                .getBytes(StandardCharsets.UTF_8)))
                .orElseThrow();
        assertThat(preview.image()).isEqualTo("http://wiki.internal/i.png");
        assertThat(preview.favicon()).isEqualTo("http://wiki.internal/favicon.ico");
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"", "0", "-1", "1e3", "9999999", "100001", "٣", "12px", "99999999999999999999"})
    @DisplayName("has no measures that are none")
    void badMeasures(String width) {
        assertThat(preview(meta("og:image", "i") + meta("og:image:width", width))
                        .imageWidth())
                .isNull();
    }

    @Test
    @DisplayName("is not longer than it may be, however long the page is")
    void lengths() {
        String longText = "😀".repeat(300_000);
        LinkPreview preview = preview("<title>" + longText + "</title>" + meta("og:description", "x" + longText)
                + meta("og:image", "/" + "y".repeat(3_000)) + meta("twitter:image", "/ok"));
        assertThat(preview.title()).hasSizeLessThanOrEqualTo(300).endsWith("😀…");
        assertThat(preview.description()).hasSizeLessThanOrEqualTo(1_000).endsWith("😀…");
        assertThat(preview.image()).isEqualTo("https://example.com/ok");
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "",
                "<p>nothing",
                "<title> </title>",
                "just text",
                "<link rel=icon href=/x>",
                "\u0000\u0001",
                "<!--",
                "<svg><title>no</title></svg>"
            })
    @DisplayName("is none when there is nothing to show")
    void empty(String html) {
        assertThat(read(html)).isEmpty();
    }

    @Test
    @DisplayName("of an image is the image, called as its file")
    void image() {
        Fetched image = Fetched.empty(url("https://example.com/a/my%20cat+1.PNG?x"), "image/png");
        assertThat(reader.read(image))
                .contains(
                        new LinkPreview("my cat+1.PNG", "", "https://example.com/a/my%20cat+1.PNG?x", "", null, null));
        assertThat(reader.read(Fetched.empty(url("https://example.com/"), "image/png"))
                        .map(LinkPreview::title))
                .contains("example.com");
        assertThat(reader.read(Fetched.empty(url("https://example.com/%ff%"), "image/png"))
                        .map(LinkPreview::title))
                .contains("%ff%");
    }

    @Nested
    @DisplayName("is read in the right charset:")
    class Charsets {

        private @Nullable String title(String title, Charset written, String contentType, String meta) {
            byte[] html = (meta + "<title>" + title + "</title>").getBytes(written);
            return read(html, contentType).map(LinkPreview::title).orElse(null);
        }

        @ParameterizedTest(name = "{0} with {2} and {1}")
        @CsvSource(delimiter = '|', textBlock = """
                windows-1252 | text/html; charset=ISO-8859-1 | ''
                UTF-8        | text/html                     | ''
                Shift_JIS    | text/html                     | <meta charset=shift_jis>
                EUC-JP       | text/html                     | <meta http-equiv=Content-Type content="text/html; charset=euc-jp">
                Shift_JIS    | text/html;charset=Shift_JIS   | <meta charset=utf-8>
                UTF-16       | text/html                     | ''
                UTF-16LE     | text/html; charset=utf-16le   | ''
                GB18030      | text/html; charset=gb2312-or-so | <meta charset=gb18030>
                UTF-8        | text/html; charset=' '        | ''
                UTF-8        | text/html; charset=           | ''
                UTF-8        | text/html; charset=\u0001@!   | <meta charset="no such">
                """)
        @DisplayName("that of the header, of the page, of the mark at its beginning, or UTF-8")
        void charsets(String written, String contentType, String meta) {
            String title = written.equals("windows-1252") ? "Grüße" : "日本語";
            assertThat(title(title, Charset.forName(written), contentType, meta))
                    .isEqualTo(title);
        }
    }

    @Test
    @DisplayName("is made of no more than the first ten thousand tags, and never fails")
    void tags() {
        String late = meta("og:title", "late");
        assertThat(preview("<title>t</title>" + "<p>".repeat(9_000) + late).title())
                .isEqualTo("late");
        assertThat(preview("<title>t</title>" + "<p>".repeat(11_000) + late).title())
                .isEqualTo("t");
    }

    @Test
    @DisplayName("can be made of, or not, whatever there is in the page")
    void garbage() {
        List<String> pieces = List.of(
                "<",
                ">",
                "<b",
                "<a id=x",
                "<p>",
                "</p>",
                "<table>",
                "<td>",
                "<title>",
                "</title>",
                "<svg>",
                "<math>",
                "<template>",
                "<select>",
                "<base href=",
                "'",
                "\"",
                "&#x",
                "&amp",
                "<!--",
                "]]>",
                "<meta property=og:title content=",
                "<link rel=icon href=",
                "\u0000",
                "ü",
                "😀",
                "=",
                "/",
                "<script>");
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int round = 0; round < 300; round++) {
            StringBuilder html = new StringBuilder();
            for (int i = random.nextInt(300); i >= 0; i--) {
                html.append(pieces.get(random.nextInt(pieces.size())));
            }
            assertThatNoException().as("seed " + seed).isThrownBy(() -> {
                var _ = read(html.toString());
            });
        }
    }
}

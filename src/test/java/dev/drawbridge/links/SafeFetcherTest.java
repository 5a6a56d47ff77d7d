package dev.drawbridge.links;

import static dev.drawbridge.links.Pages.INSIDE;
import static dev.drawbridge.links.Pages.WEB;
import static dev.drawbridge.links.Pages.url;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against real servers: one that counts as public, and one that does not and must never be reached. */
@DisplayName("Fetching what a stranger names")
class SafeFetcherTest {
    private static final Duration SHORT = Duration.ofMillis(700);

    private final RawServer web = RawServer.at(WEB);
    private final RawServer inside = RawServer.at(INSIDE).page("/", "<title>secret</title>");
    private final Pages.Names names = new Pages.Names().with("web.example", WEB).with("inside.example", INSIDE);
    private final CountDownLatch over = new CountDownLatch(1);

    @AfterEach
    void stop() {
        over.countDown();
        web.close();
        inside.close();
    }

    private String web(String path) {
        return "http://web.example:" + web.port() + path;
    }

    private Set<Integer> ports() {
        return Set.of(web.port(), inside.port());
    }

    private Fetched fetch(String url) throws NotFetchedException {
        return fetch(url, Pages.settings(ports()), names);
    }

    private static Fetched fetch(String url, LinkSettings settings, NameResolver names) throws NotFetchedException {
        return new SafeFetcher(settings, Pages.destinations(settings, names), names)
                .fetch(url(url), Deadline.in(settings.timeout(), System::nanoTime));
    }

    private static String text(Fetched fetched) {
        return new String(fetched.body(), StandardCharsets.UTF_8);
    }

    private static void assertFails(LinkOutcome outcome, Fetch fetch) {
        assertThatThrownBy(fetch::run).isInstanceOfSatisfying(NotFetchedException.class, e -> assertThat(e.outcome())
                .isEqualTo(outcome));
    }

    private interface Fetch {
        void run() throws NotFetchedException;
    }

    private void assertNobodyInsideWasAsked() {
        assertThat(inside.connections).hasValue(0);
    }

    @Test
    @DisplayName("gives the page, its type and its charset, and sends nothing but what is needed")
    void page() throws NotFetchedException {
        web.answer(
                "/a?b=c", "HTTP/1.1 200 OK\r\nSet-Cookie: a=b\r\nContent-Type: TEXT/html; charset=\"latin1\"", "hello");
        Fetched fetched = fetch(web("/a?b=c#d"));
        assertThat(fetched.url()).hasToString(web("/a?b=c"));
        assertThat(fetched.type()).isEqualTo("text/html");
        assertThat(fetched.charset()).isEqualTo("latin1");
        assertThat(text(fetched)).isEqualTo("hello");
        assertThat(web.asked.getFirst().lines().map(line -> line.replaceAll(":.*", "")))
                .containsExactlyInAnyOrder(
                        "GET /a?b=c HTTP/1.1", "Host", "User-Agent", "Accept", "Accept-Encoding", "Connection");
        assertThat(web.asked.getFirst()).contains("Host: web.example:" + web.port(), "User-Agent: a test");
        fetch(web("/a?b=c"));
        assertThat(web.asked.getLast()).doesNotContain("Cookie");
    }

    @Test
    @DisplayName("reads nothing of an image")
    void image() throws NotFetchedException {
        web.answer("/i", "HTTP/1.1 200 OK\r\nContent-Type: image/png", "x");
        assertThat(fetch(web("/i")).body()).isEmpty();
        assertThat(fetch(web("/i")).isImage()).isTrue();
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {"application/pdf", "text/plain", "video/mp4", "application/json", "multipart/mixed", "nonsense"})
    @DisplayName("has no use for other types")
    void otherTypes(String type) {
        web.answer("/o", "HTTP/1.1 200 OK\r\nContent-Type: " + type, "x");
        assertFails(LinkOutcome.UNREADABLE, () -> fetch(web("/o")));
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(ints = {304, 400, 401, 403, 404, 429, 500, 503})
    @DisplayName("has no use for errors")
    void errors(int status) {
        web.answer(
                "/e", "HTTP/1.1 " + status + " No\r\nContent-Type: text/html", status == 304 ? "" : "<title>x</title>");
        assertFails(LinkOutcome.ERROR_STATUS, () -> fetch(web("/e")));
    }

    @Nested
    @DisplayName("goes only where it may:")
    class Addresses {

        @Test
        @DisplayName("not to a name in a private network")
        void privateName() {
            assertFails(LinkOutcome.REFUSED, () -> fetch("http://inside.example:" + inside.port()));
            assertNobodyInsideWasAsked();
        }

        @ParameterizedTest(name = "http://{0}")
        @ValueSource(
                strings = {
                    "127.0.0.2",
                    "0x7f.2",
                    "0x7f000002",
                    "2130706434",
                    "0177.0.0.2",
                    "017700000002",
                    "127.2",
                    "127.0.2",
                    "127.0.0.2.",
                    "１２７.0.0.2",
                    "127。0。0。2",
                    "[::ffff:127.0.0.2]",
                    "[::ffff:7f00:2]",
                    "[::127.0.0.2]",
                    "[64:ff9b::127.0.0.2]",
                    "[2002:7f00:2::]",
                    "[::1]",
                    "[::]",
                    "0.0.0.0",
                    "0",
                    "169.254.169.254",
                    "[fd00:ec2::254]",
                    "%31%32%37.0.0.2"
                })
        @DisplayName("not to a private address, however it is written")
        void privateLiterals(String host) {
            assertFails(LinkOutcome.REFUSED, () -> fetch("http://" + host + ":" + inside.port() + "/"));
            assertNobodyInsideWasAsked();
        }

        @Test
        @DisplayName("not to a name of which one address is private")
        void mixed() {
            names.with("mixed.example", WEB, INSIDE).with("mixed2.example", INSIDE, WEB);
            assertFails(LinkOutcome.REFUSED, () -> fetch("http://mixed.example:" + web.port()));
            assertFails(LinkOutcome.REFUSED, () -> fetch("http://mixed2.example:" + web.port()));
            assertThat(web.asked).isEmpty();
        }

        @Test
        @DisplayName("to the very address that was checked, though the name means another one a moment later")
        void rebinding() throws NotFetchedException {
            AtomicInteger asked = new AtomicInteger();
            NameResolver changing = name -> List.of(InetAddress.ofLiteral(asked.getAndIncrement() == 0 ? WEB : INSIDE));
            RawServer twin = web.page("/", "<title>public</title>");
            LinkSettings settings = Pages.settings(ports());
            assertThat(text(fetch("http://rebinding.example:" + twin.port(), settings, changing)))
                    .contains("public");
            assertThat(asked).hasValue(1);
            web.redirect("/again", "http://rebinding.example:" + inside.port() + "/");
            asked.set(0);
            assertFails(
                    LinkOutcome.REFUSED,
                    () -> fetch("http://rebinding.example:" + web.port() + "/again", settings, changing));
            assertNobodyInsideWasAsked();
        }

        @Test
        @DisplayName("to no port but those that are set")
        void otherPorts() {
            assertFails(LinkOutcome.REFUSED, () -> fetch("http://web.example:22"));
            assertFails(LinkOutcome.REFUSED, () -> fetch(web(""), Pages.settings(Set.of(80, 443)), names));
        }

        @Test
        @DisplayName("not to a host that is denied")
        void denied() {
            names.with("denied.example", WEB).with("denied.example.", WEB);
            assertFails(LinkOutcome.REFUSED, () -> fetch("http://denied.example:" + web.port()));
            assertFails(LinkOutcome.REFUSED, () -> fetch("http://DENIED.example.:" + web.port()));
            assertThat(web.asked).isEmpty();
        }

        @Test
        @DisplayName("nowhere when there is no such name, or nobody answers")
        void nothingThere() {
            assertFails(LinkOutcome.UNREACHABLE, () -> fetch("http://nobody.example:" + web.port()));
            int port = web.port();
            web.close();
            assertFails(LinkOutcome.UNREACHABLE, () -> fetch("http://web.example:" + port));
        }
    }

    @Nested
    @DisplayName("follows redirects")
    class Redirects {

        @Test
        @DisplayName("five times, also to relative places")
        void five() throws NotFetchedException {
            web.redirect("/0", web("/1?x"))
                    .redirect("/1?x", "/2")
                    .redirect("/2", "3/")
                    .redirect("/3/", "../4")
                    .redirect("/4", "//web.example:" + web.port() + "/5#f")
                    .page("/5", "here");
            assertThat(text(fetch(web("/0")))).isEqualTo("here");
            assertThat(fetch(web("/0")).url()).hasToString(web("/5"));
        }

        @Test
        @DisplayName("not a thousand times")
        void thousand() {
            for (int i = 0; i < 1_000; i++) {
                web.redirect("/" + i, "/" + (i + 1));
            }
            web.redirect("/self", "/self");
            assertFails(LinkOutcome.REDIRECTED_TOO_OFTEN, () -> fetch(web("/0")));
            assertThat(web.asked).hasSize(6);
            assertFails(LinkOutcome.REDIRECTED_TOO_OFTEN, () -> fetch(web("/self")));
        }

        @ParameterizedTest(name = "{0}")
        @ValueSource(
                strings = {
                    "http://127.0.0.2:PORT/",
                    "http://inside.example:PORT/",
                    "http://0x7f.2:PORT/",
                    "http://[::ffff:127.0.0.2]:PORT/",
                    "//127.0.0.2:PORT/",
                    "\\\\127.0.0.2:PORT\\",
                    "http://web.example@127.0.0.2:PORT/",
                    "http://web.example:22/",
                    "file:///etc/passwd",
                    "gopher://127.0.0.2:PORT/",
                    "ftp://127.0.0.2:PORT/",
                    "javascript:alert(1)",
                    "http://user:pw@web.example/",
                    "http://",
                    "data:text/html,x"
                })
        @DisplayName("nowhere it would not have gone by itself")
        void inward(String location) {
            web.redirect("/r", location.replace("PORT", String.valueOf(inside.port())));
            assertFails(LinkOutcome.REFUSED, () -> fetch(web("/r")));
            assertNobodyInsideWasAsked();
        }

        @Test
        @DisplayName("that say nowhere are an error")
        void nowhere() {
            web.answer("/n", "HTTP/1.1 302 Found", "");
            assertFails(LinkOutcome.ERROR_STATUS, () -> fetch(web("/n")));
        }
    }

    @Nested
    @DisplayName("takes no more than its share:")
    class Amounts {
        private static final int MB = 1024 * 1024;

        @Test
        @DisplayName("a megabyte of a body without end, and the server is left alone then")
        void endless() throws Exception {
            CountDownLatch left = new CountDownLatch(1);
            web.answer("/", out -> {
                out.write("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n".getBytes(StandardCharsets.UTF_8));
                byte[] piece = "<p>again".repeat(1_000).getBytes(StandardCharsets.UTF_8);
                try {
                    while (true) {
                        out.write(piece);
                    }
                } finally {
                    left.countDown();
                }
            });
            assertThat(fetch(web("/")).body()).hasSize(MB);
            assertThat(left.await(4, TimeUnit.SECONDS)).isTrue();
        }

        @Test
        @DisplayName("a megabyte of what a small body grows to")
        void bomb() throws Exception {
            byte[] bomb = zipped(out -> {
                byte[] zeros = new byte[MB];
                for (int i = 0; i < 500; i++) {
                    out.write(zeros);
                }
            });
            assertThat(bomb.length).isLessThan(MB);
            web.answer(
                    "/",
                    out -> out.write(RawServer.response(
                            "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\nContent-Length: "
                                    + bomb.length,
                            bomb)));
            assertThat(fetch(web("/")).body()).hasSize(MB);
        }

        @Test
        @DisplayName("what comes before a compressed body breaks off")
        void broken() throws Exception {
            byte[] whole =
                    zipped(out -> out.write(("<title>t</title>" + "x".repeat(100)).getBytes(StandardCharsets.UTF_8)));
            byte[] cut = Arrays.copyOf(whole, whole.length - 4);
            web.answer(
                    "/",
                    out -> out.write(RawServer.response(
                            "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip", cut)));
            assertThat(text(fetch(web("/")))).startsWith("<title>t</title>");
        }

        @ParameterizedTest(name = "{0}")
        @ValueSource(strings = {"br", "gzip, gzip", "deflate", "zstd"})
        @DisplayName("nothing that was not asked for")
        void encodings(String encoding) {
            web.answer("/", "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: " + encoding, "x");
            assertFails(LinkOutcome.UNREADABLE, () -> fetch(web("/")));
        }

        @Test
        @DisplayName("not a head without end, in one line or in many")
        void heads() {
            web.answer("/many", out -> flood(out, "HTTP/1.1 200 OK\r\n", "X-Header: " + "y".repeat(100) + "\r\n"));
            web.answer("/long", out -> flood(out, "HTTP/1.1 200 OK\r\nX-Header: ", "y".repeat(1_000)));
            web.answer("/status", out -> flood(out, "HTTP/1.1 200 ", "y".repeat(1_000)));
            web.answer("/informal", out -> flood(out, "", "HTTP/1.1 103 Early Hints\r\n\r\n".repeat(10)));
            for (String path : List.of("/many", "/long", "/status")) {
                assertFails(LinkOutcome.UNREACHABLE, () -> fetch(web(path)));
            }
            assertThatThrownBy(() -> fetch(web("/informal"))).isInstanceOf(NotFetchedException.class);
        }

        private static void flood(OutputStream out, String front, String piece) throws IOException {
            out.write(front.getBytes(StandardCharsets.UTF_8));
            byte[] bytes = piece.getBytes(StandardCharsets.UTF_8);
            while (true) {
                out.write(bytes);
            }
        }

        private static byte[] zipped(RawServer.Answer content) throws IOException {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (GZIPOutputStream zip = new GZIPOutputStream(bytes)) {
                content.to(zip);
            }
            return bytes.toByteArray();
        }
    }

    @Nested
    @DisplayName("takes no longer than it may")
    class Times {

        private void assertTakesItsTime(String path, RawServer.Answer answer) {
            web.answer(path, answer);
            long started = System.nanoTime();
            assertFails(LinkOutcome.TIMED_OUT, () -> fetch(web(path), Pages.settings(ports(), SHORT, null), names));
            assertThat(Duration.ofNanos(System.nanoTime() - started)).isBetween(SHORT, SHORT.plusSeconds(4));
        }

        /** Never long silent, never done. */
        private void drip(OutputStream out, String front, String piece) throws IOException {
            out.write(front.getBytes(StandardCharsets.UTF_8));
            try {
                while (!over.await(50, TimeUnit.MILLISECONDS)) {
                    out.write(piece.getBytes(StandardCharsets.UTF_8));
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        @Test
        @DisplayName("when the body drips")
        void body() {
            assertTakesItsTime("/", out -> drip(out, "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<title>", "y"));
        }

        @Test
        @DisplayName("when the head drips")
        void head() {
            assertTakesItsTime("/", out -> drip(out, "HTTP/1.1 200 OK\r\nX-Header: ", "y"));
        }

        @Test
        @DisplayName("when there is no answer")
        void silence() {
            assertTakesItsTime("/", out -> drip(out, "", ""));
        }

        @Test
        @DisplayName("when each redirect takes a while")
        void redirects() {
            web.redirect("/next", "/");
            assertTakesItsTime("/", out -> {
                try {
                    var _ = over.await(300, TimeUnit.MILLISECONDS);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                out.write(RawServer.response("HTTP/1.1 302 Found\r\nLocation: /", new byte[0]));
            });
        }

        @Test
        @DisplayName("when the name takes its time")
        void name() {
            AtomicInteger time = new AtomicInteger();
            LinkSettings settings = Pages.settings(ports());
            NameResolver slow = name -> {
                time.set(10);
                return names.resolve(name);
            };
            Deadline deadline = new Deadline(5, time::get);
            assertFails(LinkOutcome.TIMED_OUT, () -> new SafeFetcher(settings, Pages.destinations(settings, slow), slow)
                    .fetch(url(web("/")), deadline));
            assertThat(web.asked).isEmpty();
        }
    }

    @Nested
    @DisplayName("through a proxy")
    class ThroughProxy {

        private Fetched fetch(String url) throws NotFetchedException {
            InetSocketAddress proxy = InetSocketAddress.createUnresolved("proxy.example", inside.port());
            names.with("proxy.example", INSIDE); // the operator has put it there
            return SafeFetcherTest.fetch(url, Pages.settings(Set.of(80, 443), Pages.TIMEOUT, proxy), names);
        }

        @Test
        @DisplayName("asks it for what is known here to be public, or not known at all")
        void asks() throws NotFetchedException {
            inside.page("http://web.example/", "<title>web</title>").page("http://far.example/", "<title>far</title>");
            assertThat(text(fetch("http://web.example/"))).contains("web");
            assertThat(text(fetch("http://far.example/"))).contains("far");
        }

        @Test
        @DisplayName("asks it for a tunnel to what is https")
        void tunnel() {
            inside.answer("far.example:443", "HTTP/1.1 403 Forbidden", "");
            assertFails(LinkOutcome.UNREACHABLE, () -> fetch("https://far.example/"));
            assertThat(inside.asked.getFirst()).startsWith("CONNECT far.example:443 ");
        }

        @ParameterizedTest(name = "{0}")
        @ValueSource(
                strings = {
                    "http://127.0.0.2/",
                    "http://0x7f.2/",
                    "http://inside.example/",
                    "http://denied.example/",
                    "http://localhost/",
                    "http://db/",
                    "http://printer.local/",
                    "http://metadata.google.internal/",
                    "http://web.example:22/"
                })
        @DisplayName("asks it for nothing that is known here to be private, denied or local")
        void refuses(String url) {
            assertFails(LinkOutcome.REFUSED, () -> fetch(url));
            assertNobodyInsideWasAsked();
        }
    }
}

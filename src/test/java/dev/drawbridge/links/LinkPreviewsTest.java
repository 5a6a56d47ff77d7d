package dev.drawbridge.links;

import static dev.drawbridge.links.Pages.INSIDE;
import static dev.drawbridge.links.Pages.WEB;
import static dev.drawbridge.links.Pages.url;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.drawbridge.links.LinkAnswer.Busy;
import dev.drawbridge.links.LinkAnswer.Found;
import dev.drawbridge.links.LinkAnswer.NotFound;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Who asks for previews")
class LinkPreviewsTest {
    private final RawServer web = RawServer.at(WEB);
    private final Pages.Names names = new Pages.Names().with("web.example", WEB).with("inside.example", INSIDE);
    private final Seen seen = new Seen();
    private final LinkPreviews previews = new LinkPreviews(Pages.settings(Set.of(web.port())), names, seen);
    private final ExecutorService people = Executors.newVirtualThreadPerTaskExecutor();
    private final CountDownLatch released = new CountDownLatch(1);

    private static final class Seen implements LinkObserver {
        final List<LinkOutcome> outcomes = new CopyOnWriteArrayList<>();
        final AtomicInteger shared = new AtomicInteger();
        final AtomicInteger turnedAway = new AtomicInteger();

        @Override
        public void fetched(LinkOutcome outcome, Duration time) {
            outcomes.add(outcome);
        }

        @Override
        public void shared() {
            shared.incrementAndGet();
        }

        @Override
        public void turnedAway() {
            turnedAway.incrementAndGet();
        }
    }

    @AfterEach
    void stop() {
        released.countDown();
        people.shutdownNow();
        previews.close();
        web.close();
    }

    private LinkUrl page(String path) {
        return url("http://web.example:" + web.port() + path);
    }

    private CompletableFuture<LinkAnswer> asks(String client, String path) {
        return CompletableFuture.supplyAsync(() -> previews.preview(page(path), client), people);
    }

    private void slowPage(String path) {
        web.answer(path, out -> slow(out, path));
    }

    private void slow(OutputStream out, String path) throws IOException {
        try {
            released.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        out.write(RawServer.response(
                "HTTP/1.1 200 OK\r\nContent-Type: text/html",
                ("<title>" + path + "</title>").getBytes(StandardCharsets.UTF_8)));
    }

    private static String title(LinkAnswer answer) {
        return ((Found) answer).preview().title();
    }

    @Test
    @DisplayName("gets what is there, and the same again without another fetch")
    void found() {
        web.page("/a", "<title>A</title>");
        assertThat(title(previews.preview(page("/a"), "c"))).isEqualTo("A");
        web.page("/a", "<title>B</title>");
        assertThat(title(previews.preview(page("/a#x"), "d"))).isEqualTo("A");
        assertThat(web.asked).hasSize(1);
        assertThat(seen.outcomes).containsExactly(LinkOutcome.FOUND);
        assertThat(seen.shared).hasValue(1);
    }

    @Test
    @DisplayName("is not told why there is nothing, and nothing is looked for again at once")
    void notFound() {
        web.page("/empty", "<p>");
        for (LinkUrl url : List.of(
                page("/missing"),
                page("/empty"),
                url("http://inside.example:" + web.port()),
                url("http://127.0.0.2:22/"),
                url("http://nobody.example:" + web.port()))) {
            assertThat(previews.preview(url, "c")).isEqualTo(new NotFound());
            assertThat(previews.preview(url, "c")).isEqualTo(new NotFound());
        }
        assertThat(seen.outcomes)
                .containsExactly(
                        LinkOutcome.ERROR_STATUS,
                        LinkOutcome.EMPTY,
                        LinkOutcome.REFUSED,
                        LinkOutcome.REFUSED,
                        LinkOutcome.UNREACHABLE);
    }

    @Test
    @DisplayName("shares one fetch with all who ask for the same at the same time")
    void shared() {
        slowPage("/s");
        List<CompletableFuture<LinkAnswer>> answers = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            answers.add(asks("client " + i, "/s"));
        }
        await().untilAsserted(() -> assertThat(web.asked).hasSize(1));
        released.countDown();
        assertThat(answers)
                .allSatisfy(answer -> assertThat(title(answer.join())).isEqualTo("/s"));
        assertThat(web.asked).hasSize(1);
        assertThat(seen.shared).hasValue(49);
    }

    @Test
    @DisplayName(
            "is told to come later when too much is under way, of their own or in all, and keeps nobody out for long")
    void busy() {
        for (String path : List.of("/1", "/2", "/3", "/4", "/5")) {
            slowPage(path);
        }
        List<CompletableFuture<LinkAnswer>> answers = new ArrayList<>(List.of(asks("a", "/1"), asks("a", "/2")));
        await().untilAsserted(() -> assertThat(web.asked).hasSize(2));
        assertThat(previews.preview(page("/3"), "a")).isEqualTo(new Busy(true));
        answers.addAll(List.of(asks("b", "/3"), asks("b", "/4")));
        await().untilAsserted(() -> assertThat(web.asked).hasSize(4));
        assertThat(previews.preview(page("/5"), "c")).isEqualTo(new Busy(false));
        assertThat(seen.turnedAway).hasValue(2);
        released.countDown();
        answers.forEach(CompletableFuture::join);
        await().untilAsserted(
                        () -> assertThat(previews.preview(page("/5"), "a")).isInstanceOf(Found.class));
    }

    @Test
    @DisplayName("has an answer in time though a name is never resolved")
    void hanging() {
        NameResolver hangs = name -> {
            try {
                released.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return names.resolve(name);
        };
        LinkSettings settings = Pages.settings(Set.of(web.port()), Duration.ofMillis(100), null);
        try (LinkPreviews hanging = new LinkPreviews(settings, hangs, seen)) {
            assertThat(hanging.preview(page("/"), "c")).isEqualTo(new NotFound());
            assertThat(web.asked).isEmpty();
        }
    }

    @Test
    @DisplayName("makes no more be remembered than there is room for")
    void bounded() {
        for (int i = 0; i < 1_200; i++) { // the least that one takes, 1 KB, fits 1,024 times
            web.page("/n" + i, "<title>n</title>");
            var _ = previews.preview(page("/n" + i), "c");
        }
        int before = web.asked.size();
        for (int i = 0; i < 1_200; i++) {
            var _ = previews.preview(page("/n" + i), "c");
        }
        assertThat(web.asked.size() - before).isGreaterThanOrEqualTo(150);
    }
}

package dev.drawbridge.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.config.LinksProperties;
import dev.drawbridge.links.AddressRules;
import dev.drawbridge.links.HostRules;
import dev.drawbridge.links.LinkObserver;
import dev.drawbridge.links.LinkOutcome;
import dev.drawbridge.links.LinkPreviews;
import dev.drawbridge.links.LinkSettings;
import dev.drawbridge.links.NameResolver;
import dev.drawbridge.security.AccessDecision.Allowed;
import dev.drawbridge.security.CallerAccess;
import dev.drawbridge.security.Permission;
import java.io.IOException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

@DisplayName("The route of link previews")
class LinkPreviewControllerTest {
    private static final LinkObserver NOBODY = new LinkObserver() {
        @Override
        public void fetched(LinkOutcome outcome, Duration time) {}

        @Override
        public void shared() {}

        @Override
        public void turnedAway() {}
    };

    private static LinkPreviewController controller(Optional<LinkPreviews> previews) {
        CallerAccess anybody = new CallerAccess(request -> new Allowed(Permission.EDIT, null, null, null));
        LinksProperties properties = new Binder(new MapConfigurationPropertySource(Map.of()))
                .bindOrCreate("drawbridge.links", LinksProperties.class);
        return new LinkPreviewController(previews, new CallerGate(anybody), properties);
    }

    private static LinkPreviews previews(int maxConcurrent, int perClient, NameResolver names) {
        return new LinkPreviews(
                new LinkSettings(
                        Set.of(80),
                        new HostRules(List.of(), List.of()),
                        AddressRules.publicOnly(),
                        Duration.ofSeconds(30),
                        1024,
                        maxConcurrent,
                        perClient,
                        Duration.ZERO,
                        Duration.ZERO,
                        0,
                        null,
                        "a test"),
                names,
                NOBODY);
    }

    private static MockHttpServletResponse ask(LinkPreviewController controller, String host) throws IOException {
        MockHttpServletRequest request = new MockHttpServletRequest("GET", "/unfurl");
        request.setQueryString("room=a&url=http://" + host + "/");
        HiddenQuery.hide(request);
        MockHttpServletResponse response = new MockHttpServletResponse();
        controller.get(request, response);
        return response;
    }

    @Test
    @DisplayName("is not there when they are switched off")
    void off() throws IOException {
        assertThat(ask(controller(Optional.empty()), "example.com").getStatus()).isEqualTo(404);
    }

    @Test
    @DisplayName("says when to come again while too much is under way, of the client's or in all")
    void busy() throws Exception {
        assertThat(answerWhileOneIsUnderWay(8, 1).getStatus()).isEqualTo(429);
        MockHttpServletResponse full = answerWhileOneIsUnderWay(1, 8);
        assertThat(full.getStatus()).isEqualTo(503);
        assertThat(full.getHeader("Retry-After")).isEqualTo("2");
        assertThat(full.getContentAsString()).doesNotContain("title");
    }

    private static MockHttpServletResponse answerWhileOneIsUnderWay(int maxConcurrent, int perClient) throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch released = new CountDownLatch(1);
        NameResolver hangs = name -> {
            begun.countDown();
            try {
                released.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            throw new UnknownHostException(name);
        };
        try (LinkPreviews previews = previews(maxConcurrent, perClient, hangs);
                ExecutorService people = Executors.newVirtualThreadPerTaskExecutor()) {
            LinkPreviewController controller = controller(Optional.of(previews));
            Future<MockHttpServletResponse> first = people.submit(() -> ask(controller, "a.example"));
            begun.await();
            MockHttpServletResponse second = ask(controller, "b.example");
            released.countDown();
            assertThat(first.get().getStatus()).isEqualTo(422);
            return second;
        }
    }
}

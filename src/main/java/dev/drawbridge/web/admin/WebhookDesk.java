package dev.drawbridge.web.admin;

import dev.drawbridge.events.EventId;
import dev.drawbridge.events.EventStore;
import dev.drawbridge.events.EventStore.DeadLetter;
import dev.drawbridge.events.EventStoreException;
import dev.drawbridge.events.hooks.Attempt;
import dev.drawbridge.events.hooks.Hooks;
import dev.drawbridge.events.hooks.Webhook;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.springframework.stereotype.Component;

/** What operators may ask of webhooks. These are named by any text. All nodes see the same queues. */
@Component
class WebhookDesk {
    private static final int MOST_IDS = 1_000;

    /** A call ends by itself, little later than its webhook's timeout. */
    private static final Duration ADDED = Duration.ofSeconds(5);

    private final Optional<Hooks> hooks;
    private final Optional<EventStore> store;

    WebhookDesk(Optional<Hooks> hooks, Optional<EventStore> store) {
        this.hooks = hooks;
        this.store = store;
    }

    private Hooks hooks() {
        return hooks.orElseThrow(WebhookDesk::off);
    }

    private EventStore store() {
        return store.orElseThrow(WebhookDesk::off);
    }

    private static ProblemException off() {
        return new ProblemException(
                ProblemType.NOT_SUPPORTED, "This server tells of no events: drawbridge.events.enabled is false");
    }

    private Webhook find(String name) {
        return hooks().find(name)
                .orElseThrow(() -> new ProblemException(
                        ProblemType.WEBHOOK_NOT_FOUND, "There is no webhook of that name in the settings"));
    }

    List<WebhookBody> list() throws EventStoreException {
        List<WebhookBody> all = new ArrayList<>();
        for (Webhook webhook : hooks().webhooks()) {
            all.add(WebhookBody.of(webhook, hooks().state(webhook), store().level(webhook.name())));
        }
        return all;
    }

    /**
     * Some dead letters, the oldest first.
     *
     * @param next the cursor of those that come then
     */
    record Page(List<DeadLetter> letters, Optional<String> next) {}

    Page dead(String name, Optional<String> cursor, int limit) throws EventStoreException {
        int most = PageLimit.check(limit);
        Optional<EventId> after = cursor.map(text -> EventId.parse(Cursor.read(text))
                .orElseThrow(() -> ProblemException.invalidRequest("cursor: not one that a page before gave as next")));
        List<DeadLetter> found = store().dead(find(name).name(), after, most + 1);
        return found.size() <= most
                ? new Page(found, Optional.empty())
                : new Page(
                        found.subList(0, most),
                        Optional.of(
                                Cursor.after(found.get(most - 1).event().id().text())));
    }

    int discard(String name, List<String> ids) throws EventStoreException {
        return store().discard(find(name).name(), ids.isEmpty() ? Optional.empty() : Optional.of(ids("id", ids)));
    }

    int resend(String name, Optional<List<String>> ids) throws EventStoreException {
        Webhook webhook = find(name);
        return hooks().resend(webhook, ids.map(some -> ids("ids", some))).size();
    }

    private static List<EventId> ids(String parameter, List<String> texts) {
        if (texts.size() > MOST_IDS) {
            throw ProblemException.invalidRequest(parameter + ": at most " + MOST_IDS + ", or none for all");
        }
        return texts.stream()
                .map(text -> EventId.parse(text)
                        .orElseThrow(() -> ProblemException.invalidRequest(
                                parameter + ": expected ids of events, such as 5f0c1a2b-42")))
                .toList();
    }

    void resume(String name) throws EventStoreException, InterruptedException {
        if (!hooks().resume(find(name))) {
            throw new ProblemException(ProblemType.UNAVAILABLE, "The node that sends could not be told; try again");
        }
    }

    Attempt test(String name) throws InterruptedException {
        Webhook webhook = find(name);
        try {
            return hooks().test(webhook)
                    .toCompletableFuture()
                    .get(webhook.timeout().plus(ADDED).toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("a call did not end as it should", e);
        }
    }
}

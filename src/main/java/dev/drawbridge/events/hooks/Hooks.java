package dev.drawbridge.events.hooks;

import dev.drawbridge.events.EventId;
import dev.drawbridge.events.EventQueues;
import dev.drawbridge.events.EventStore;
import dev.drawbridge.events.EventStoreException;
import dev.drawbridge.events.FiledEvent;
import dev.drawbridge.host.HostClock;
import dev.drawbridge.json.Json;
import dev.drawbridge.json.JsonObject;
import dev.drawbridge.json.JsonString;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All webhooks of this server, as this node has them: one {@link Dispatcher} each, and what operators may do. */
public final class Hooks implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Hooks.class);

    /** The type of what is sent only to see whether it arrives. */
    public static final String TEST = "webhook.test";

    private static final int TRIES_TO_RESUME = 20;
    private static final Duration BETWEEN_TRIES = Duration.ofMillis(50);

    private final Map<String, Dispatcher> dispatchers = new LinkedHashMap<>();
    private final Map<String, Worker> workers = new LinkedHashMap<>();
    private final EventStore store;
    private final String node;
    private final HostClock clock;
    private final RandomGenerator random;
    private final Delivery delivery;
    private final WebhookObserver observer;

    /**
     * Nothing is sent yet.
     *
     * @param format an event as it is sent, with or without what has changed
     * @param worker makes one for a webhook
     */
    public Hooks(
            Collection<Webhook> webhooks,
            EventStore store,
            String node,
            HostClock clock,
            RandomGenerator random,
            Delivery delivery,
            BiFunction<FiledEvent, Boolean, JsonObject> format,
            Function<Webhook, Worker> worker,
            WebhookObserver observer) {
        this.store = store;
        this.node = node;
        this.clock = clock;
        this.random = random;
        this.delivery = delivery;
        this.observer = observer;
        for (Webhook webhook : webhooks) {
            Worker own = worker.apply(webhook);
            workers.put(webhook.name(), own);
            dispatchers.put(
                    webhook.name(),
                    new Dispatcher(
                            webhook,
                            store,
                            node,
                            clock,
                            random,
                            delivery,
                            event -> Json.encode(format.apply(event, webhook.diff())),
                            own,
                            observer));
        }
    }

    public void start() {
        dispatchers.values().forEach(Dispatcher::start);
    }

    /** The queues that events are to be put into. */
    public EventQueues asQueues() {
        List<Webhook> all = webhooks();
        List<EventStore.Queue> queues = all.stream().map(Webhook::queue).toList();
        return new EventQueues() {
            @Override
            public Collection<EventStore.Queue> all() {
                return queues;
            }

            @Override
            public boolean wantDiffs(String roomId) {
                return all.stream().anyMatch(webhook -> webhook.wantsDiffs(roomId));
            }
        };
    }

    public List<Webhook> webhooks() {
        return dispatchers.values().stream().map(Dispatcher::webhook).toList();
    }

    public Optional<Webhook> find(String name) {
        return Optional.ofNullable(dispatchers.get(name)).map(Dispatcher::webhook);
    }

    /** How it is with one, as far as this node knows. */
    public WebhookState state(Webhook webhook) {
        return dispatcher(webhook).state();
    }

    /** How much there was when this node looked last; empty when another node sends. */
    public Optional<EventStore.Level> level(Webhook webhook) {
        return dispatcher(webhook).level();
    }

    Dispatcher dispatcher(Webhook webhook) {
        Dispatcher dispatcher = dispatchers.get(webhook.name());
        if (dispatcher == null) {
            throw new IllegalArgumentException("no webhook of this server: " + webhook);
        }
        return dispatcher;
    }

    /** Is told of events that this node has written down. It does not wait. */
    public void appended(List<FiledEvent> events) {
        dispatchers.values().stream()
                .filter(each -> events.stream().anyMatch(filed -> each.webhook().wants(filed.event())))
                .forEach(Dispatcher::wake);
    }

    // ---- what operators may do; all of it waits for the store

    /** Puts dead letters back; see {@link EventStore#resend}. */
    public List<EventId> resend(Webhook webhook, Optional<List<EventId>> ids) throws EventStoreException {
        List<EventId> resent = store.resend(webhook.name(), ids, webhook.queue(), clock.wall());
        if (!resent.isEmpty()) {
            dispatcher(webhook).wakeForOlder();
        }
        return resent;
    }

    /** Sends again to a receiver that was said to be no more; returns whether that is certain to happen. */
    public boolean resume(Webhook webhook) throws EventStoreException, InterruptedException {
        for (int i = 0; i < TRIES_TO_RESUME; i++) {
            if (dispatcher(webhook).resume()) {
                return true;
            }
            Thread.sleep(BETWEEN_TRIES); // the node that sends is just looking whether somebody wants this
        }
        return false;
    }

    /** Sends something that has not happened, at once and once, and tells how it went. */
    public CompletionStage<Attempt> test(Webhook webhook) {
        Instant now = clock.wall();
        String id = "test-" + HexFormat.of().toHexDigits(random.nextLong());
        JsonObject body = JsonObject.builder()
                .put("id", id)
                .put("type", TEST)
                .put("time", JsonString.of(now.toString()))
                .put("node", node)
                .put("data", JsonObject.EMPTY)
                .build();
        long begun = clock.millis();
        try {
            return delivery.bring(new Letter(webhook, id, Json.encode(body))).whenComplete((attempt, error) -> {
                if (attempt != null) {
                    observer.attempted(
                            webhook.name(),
                            attempt.outcome(),
                            Duration.ofMillis(clock.millis() - begun).toNanos());
                }
            });
        } catch (RuntimeException e) {
            return CompletableFuture.failedStage(e);
        }
    }

    /** Begins nothing more, and waits for what is under way, so long at most. */
    public void end(Duration patience) throws InterruptedException {
        List<CompletableFuture<Void>> ends = dispatchers.values().stream()
                .map(each -> each.end().toCompletableFuture())
                .toList();
        try {
            CompletableFuture.allOf(ends.toArray(CompletableFuture[]::new))
                    .get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            log.debug("Not all events that are under way were waited for; they are sent again", e);
        }
    }

    @Override
    public void close() {
        workers.values().forEach(Worker::close);
    }
}

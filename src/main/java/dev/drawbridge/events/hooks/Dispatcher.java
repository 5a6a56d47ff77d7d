package dev.drawbridge.events.hooks;

import dev.drawbridge.events.EventId;
import dev.drawbridge.events.EventStore;
import dev.drawbridge.events.EventStore.Level;
import dev.drawbridge.events.EventStore.Queued;
import dev.drawbridge.events.EventStoreException;
import dev.drawbridge.events.FiledEvent;
import dev.drawbridge.events.hooks.WebhookObserver.Reason;
import dev.drawbridge.host.HostClock;
import dev.drawbridge.json.Quoted;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends what waits for one webhook, while this node has the task to do so: the events of a room one after the other, those
 * of several rooms beside each other. An event is read from the store at the moment at which it is sent, and noted there
 * when it has come through, so that a crash at any instant costs nothing but that it may be sent once more. When one fails
 * the later ones of its room wait behind it, and no others.
 *
 * <p>All of it happens in its {@link Worker}; what is not private is called by others.
 */
final class Dispatcher {
    private static final Logger log = LoggerFactory.getLogger(Dispatcher.class);

    static final Duration TICK = Duration.ofSeconds(1);

    /** How long a node has the task without renewing it: so long nothing is sent when it is killed. */
    static final Duration PATIENCE = Duration.ofSeconds(15);

    static final Duration RENEWAL = Duration.ofSeconds(5);

    /** Nothing is begun any more when so little is left of the time for which the task is ours. */
    private static final Duration MARGIN = Duration.ofSeconds(1);

    /** How long somebody's wish to resume stands, for the node that sends to see it. */
    private static final Duration WISH = Duration.ofSeconds(10);

    /** Nothing is given up so shortly after this node has begun to send: what it is sent to may have begun just as well. */
    private static final Duration GRACE = Duration.ofMinutes(10);

    /** Events may be large, and these are in memory at once. */
    private static final int A_PAGE = 32;

    /** More than may wait in any queue, so that it bounds what is in memory and nothing else. */
    static final int MOST_KNOWN = 200_000;

    /** With what is said of a longer text these are still less than 500. */
    private static final int MOST_WORDS = 460;

    private static final Duration BETWEEN_WARNINGS = Duration.ofMinutes(1);

    private final Webhook webhook;
    private final EventStore store;
    private final String node;
    private final HostClock clock;
    private final Delivery delivery;
    private final Function<FiledEvent, byte[]> format;
    private final Worker worker;
    private final WebhookObserver observer;
    private final Backoff backoff;

    private final Backlog backlog = new Backlog();
    private final Set<EventId> out = new HashSet<>();

    /** What has become of events, as far as the store could not be told yet. */
    private final ArrayDeque<Settlement> unsettled = new ArrayDeque<>();

    private final AtomicBoolean isWoken = new AtomicBoolean();
    private final CompletableFuture<Void> ended = new CompletableFuture<>();

    private volatile WebhookState state;
    private volatile Optional<Level> level = Optional.empty();
    private Optional<EventId> readTo = Optional.empty();
    private boolean isMine;
    private long heldUntil;
    private long renewAt;
    private Instant mineSince = Instant.MAX;

    /** Grows each time the task is lost: what was begun before is not ours any more. */
    private int reign;

    private @Nullable String gone;
    private boolean isResuming;
    private boolean isEnding;
    private boolean isStoreFailing;

    /** Rooms whose first event has failed. */
    private final Set<String> failing = new HashSet<>();

    private boolean isWarned;
    private Instant warnAt = Instant.MIN;

    /**
     * Tells the store what has become of an event; it may be told so more than once.
     *
     * @param again when it has its turn again, if it has
     * @param isFact whether it is so even if another node sends now
     */
    private record Settlement(Backlog.Turn turn, Optional<Instant> again, boolean isFact, Step step) {

        @FunctionalInterface
        interface Step {
            void take() throws EventStoreException;
        }
    }

    /** @param format what is sent of an event */
    Dispatcher(
            Webhook webhook,
            EventStore store,
            String node,
            HostClock clock,
            RandomGenerator random,
            Delivery delivery,
            Function<FiledEvent, byte[]> format,
            Worker worker,
            WebhookObserver observer) {
        this.webhook = webhook;
        this.store = store;
        this.node = node;
        this.clock = clock;
        this.delivery = delivery;
        this.format = format;
        this.worker = worker;
        this.observer = observer;
        this.backoff = new Backoff(random);
        this.state = WebhookState.ELSEWHERE;
    }

    Webhook webhook() {
        return webhook;
    }

    /** How it is, as far as this node knows. */
    WebhookState state() {
        return state;
    }

    /** How much there was when this node looked last; empty when another node sends. */
    Optional<Level> level() {
        return level;
    }

    void start() {
        worker.every(TICK, this::tick);
    }

    /** There may be something to do. */
    void wake() {
        if (!isWoken.getAndSet(true)) {
            worker.run(() -> {
                isWoken.set(false);
                guarded(this::look);
            });
        }
    }

    /** Dead letters wait again, so that there may be events older than those that are known. */
    void wakeForOlder() {
        worker.run(() -> {
            readTo = Optional.empty();
            guarded(this::look);
        });
    }

    /**
     * Sends again though the receiver is said to be no more, whichever node it is that does. It waits for the store.
     *
     * @return whether that is heard; if not, it is to be said again
     */
    boolean resume() throws EventStoreException {
        if (!state.isHere()) {
            return store.take(wish(), node, WISH);
        }
        worker.run(() -> {
            isResuming = true;
            guarded(this::look);
        });
        return true;
    }

    /** Begins nothing more, and ends when nothing is under way; then another node may have the task at once. */
    CompletionStage<Void> end() {
        worker.run(() -> {
            isEnding = true;
            endIfIdle();
        });
        return ended;
    }

    private void endIfIdle() {
        if (isEnding && out.isEmpty() && !ended.isDone()) {
            guarded(() -> {
                settle();
                if (isMine) {
                    store.giveAway(task(), node);
                }
            });
            lost();
            ended.complete(null);
        }
    }

    private String task() {
        return "queue:" + webhook.name();
    }

    private String wish() {
        return "resume:" + webhook.name();
    }

    // ---- whose task it is

    private void tick() {
        if (!ended.isDone()) {
            guarded(() -> {
                keep();
                look();
            });
        }
    }

    private void keep() throws EventStoreException {
        long now = clock.millis();
        if (isMine && now < renewAt) {
            return;
        }
        if (isEnding && !isMine) {
            return;
        }
        if (!store.take(task(), node, PATIENCE)) {
            lost();
            return;
        }
        heldUntil = now + PATIENCE.minus(MARGIN).toMillis();
        renewAt = now + RENEWAL.toMillis();
        if (!isMine) {
            isMine = true;
            mineSince = clock.wall();
            log.debug("This node sends to the webhook {}", webhook.name());
        }
        told();
        measure();
    }

    private void lost() {
        if (isMine) {
            log.debug("This node sends to the webhook {} no more", webhook.name());
        }
        isMine = false;
        heldUntil = Long.MIN_VALUE;
        mineSince = Instant.MAX;
        gone = null;
        isResuming = false;
        reign++;
        settleFacts();
        unsettled.clear();
        failing.clear();
        out.clear();
        backlog.clear();
        readTo = Optional.empty();
        told();
        seen(Optional.empty());
    }

    private void seen(Optional<Level> now) {
        level = now;
        observer.level(webhook.name(), now);
    }

    private boolean isHeld() {
        return isMine && clock.millis() < heldUntil;
    }

    private void told() {
        String why = gone;
        state = !isMine
                ? WebhookState.ELSEWHERE
                : why != null
                        ? WebhookState.SUSPENDED
                        : failing.isEmpty() ? WebhookState.SENDING : WebhookState.FAILING;
    }

    /**
     * Sees how much there is. When more waits than is known though all was read, there are events among those that were
     * read already: dead letters that some node has put back.
     */
    private void measure() throws EventStoreException {
        Level now = store.level(webhook.name());
        seen(Optional.of(now));
        if (gone == null && readAll() && backlog.size() < now.waiting()) {
            readTo = Optional.empty();
        }
    }

    // ---- what is to be done

    private void look() throws EventStoreException {
        if (!isHeld()) {
            return;
        }
        settle();
        if (gone != null) {
            hearWish();
            if (isResuming && out.isEmpty()) {
                resumed();
            }
        }
        if (gone == null) {
            readAll();
            begin();
        } else {
            buryAll(gone);
        }
    }

    /** Reads what is not known yet; returns whether that is all. What is found is begun meanwhile. */
    private boolean readAll() throws EventStoreException {
        while (backlog.size() < MOST_KNOWN && isHeld() && gone == null) {
            List<Queued> page = store.queued(webhook.name(), readTo, A_PAGE);
            Instant now = clock.wall();
            for (Queued each : page) {
                EventId id = each.event().id();
                String room = each.event().event().roomId();
                Instant dueAt = each.dueAt().isAfter(now) ? each.dueAt() : now;
                backlog.add(room, id, dueAt);
                readTo = Optional.of(id);
            }
            if (page.isEmpty()) {
                return true;
            }
            begin();
        }
        return false;
    }

    private void begin() throws EventStoreException {
        while (out.size() < webhook.concurrency() && isHeld() && !isEnding && gone == null) {
            Optional<Backlog.Turn> turn = backlog.take(clock.wall());
            if (turn.isEmpty()) {
                return;
            }
            begin(turn.get());
        }
    }

    private void begin(Backlog.Turn turn) throws EventStoreException {
        Instant now = clock.wall();
        Optional<Queued> found;
        try {
            found = find(turn.id());
        } catch (EventStoreException e) {
            backlog.again(turn, now);
            throw e;
        }
        if (found.isEmpty()) {
            backlog.done(turn, now); // another node has sent it
        } else if (!isHeld()) {
            backlog.again(turn, now); // the store has taken its time, and the task may be another's
        } else if (found.get().dueAt().isAfter(now)) {
            backlog.again(turn, found.get().dueAt());
        } else {
            send(turn, found.get());
        }
    }

    /** An event as it waits now. */
    private Optional<Queued> find(EventId id) throws EventStoreException {
        return store.queued(webhook.name(), Optional.of(new EventId(id.log(), id.number() - 1)), 1).stream()
                .filter(queued -> queued.event().id().equals(id))
                .findAny();
    }

    private void send(Backlog.Turn turn, Queued queued) {
        out.add(turn.id());
        int begunIn = reign;
        long begunAt = clock.millis();
        CompletionStage<Attempt> attempt;
        try {
            attempt = delivery.bring(new Letter(webhook, turn.id().text(), format.apply(queued.event())));
        } catch (RuntimeException e) {
            log.error("The event {} cannot be sent to the webhook {}", turn.id().text(), webhook.name(), e);
            attempt = CompletableFuture.completedStage(Attempt.unanswered(
                    Attempt.Outcome.FAILED, "it could not be sent; the log of the server tells more"));
        }
        var _ = attempt.whenComplete((how, error) -> worker.run(() -> guarded(() -> {
            Attempt known =
                    how != null ? how : Attempt.unanswered(Attempt.Outcome.FAILED, "it could not be sent: " + error);
            observer.attempted(
                    webhook.name(),
                    known.outcome(),
                    Duration.ofMillis(clock.millis() - begunAt).toNanos());
            if (begunIn == reign) {
                out.remove(turn.id());
                ended(turn, queued, known);
            } else if (known.isDelivered()) {
                store.delivered(webhook.name(), turn.id()); // which is true whoever sends now
            }
        })));
    }

    // ---- what has become of it

    private void ended(Backlog.Turn turn, Queued queued, Attempt attempt) throws EventStoreException {
        if (attempt.outcome() == Attempt.Outcome.GONE && gone == null) {
            gone = words(attempt.words());
            isResuming = false;
            log.warn(
                    "The webhook {} is suspended: {}. What waits for it becomes dead letters, until it is resumed or the"
                            + " server starts again",
                    webhook.name(),
                    gone);
        }
        receiver(turn.roomId(), attempt);
        told();
        unsettled.add(settlement(turn, queued, attempt));
        try {
            settle();
            if (gone == null) {
                begin();
            } else {
                wake();
            }
        } finally {
            endIfIdle();
        }
    }

    private Settlement settlement(Backlog.Turn turn, Queued queued, Attempt attempt) {
        EventId id = turn.id();
        if (attempt.isDelivered()) {
            return new Settlement(turn, Optional.empty(), true, () -> store.delivered(webhook.name(), id));
        }
        if (gone != null) {
            return buried(turn, gone, Reason.GONE);
        }
        Instant now = clock.wall();
        if (isToBeGivenUp(queued, now)) {
            failing.remove(turn.roomId());
            return buried(
                    turn,
                    "given up after " + (queued.attempts() + 1) + " attempts: " + attempt.words(),
                    Reason.GIVEN_UP);
        }
        int attempts = queued.attempts() + 1;
        Instant dueAt = now.plus(backoff.after(attempts, attempt));
        return new Settlement(
                turn, Optional.of(dueAt), false, () -> store.postpone(webhook.name(), id, attempts, dueAt));
    }

    private Settlement buried(Backlog.Turn turn, String why, Reason reason) {
        return new Settlement(turn, Optional.empty(), false, () -> bury(turn.id(), why, reason));
    }

    private boolean isToBeGivenUp(Queued queued, Instant now) {
        Duration most = webhook.giveUpAfter();
        Duration grace = most.compareTo(GRACE) < 0 ? most : GRACE;
        return !now.isBefore(queued.event().event().time().plus(most)) && !now.isBefore(mineSince.plus(grace));
    }

    private void bury(EventId id, String why, Reason reason) throws EventStoreException {
        int forgotten = store.bury(webhook.name(), id, words(why), clock.wall());
        observer.buried(webhook.name(), reason, 1);
        if (forgotten > 0) {
            observer.forgotten(webhook.name(), forgotten);
        }
    }

    /** Tells the store what it does not know yet; a room goes on only then. */
    private void settle() throws EventStoreException {
        if (!isHeld()) {
            settleFacts();
            return;
        }
        for (Settlement next = unsettled.peek(); next != null; next = unsettled.peek()) {
            next.step().take();
            unsettled.remove();
            Backlog.Turn turn = next.turn();
            next.again().ifPresentOrElse(dueAt -> backlog.again(turn, dueAt), () -> backlog.done(turn, clock.wall()));
        }
    }

    /** It need not work: then an event is sent once more. */
    private void settleFacts() {
        for (Settlement each : unsettled) {
            try {
                if (each.isFact()) {
                    each.step().take();
                }
            } catch (EventStoreException e) {
                log.debug("What was sent to the webhook {} could not be noted, and is sent again", webhook.name(), e);
            }
        }
    }

    // ---- a receiver that is no more

    private void hearWish() throws EventStoreException {
        if (store.take(wish(), node, TICK)) {
            store.giveAway(wish(), node);
        } else {
            isResuming = true;
        }
    }

    private void resumed() {
        log.info("The webhook {} is sent to again", webhook.name());
        gone = null;
        isResuming = false;
        failing.clear();
        backlog.clear();
        readTo = Optional.empty();
        told();
    }

    /** A page each time: there is a task to keep meanwhile. */
    private void buryAll(String why) throws EventStoreException {
        boolean isMore = false;
        for (Queued each : store.queued(webhook.name(), Optional.empty(), A_PAGE)) {
            if (!out.contains(each.event().id())) {
                bury(each.event().id(), why, Reason.GONE);
                isMore = true;
            }
        }
        if (isMore) {
            wake();
        }
    }

    // ---- what goes wrong

    @FunctionalInterface
    private interface Task {
        void run() throws EventStoreException;
    }

    /** Whatever throws here would be done no more. */
    private void guarded(Task task) {
        try {
            task.run();
            if (isStoreFailing) {
                isStoreFailing = false;
                log.info("Events are sent to the webhook {} again: their store answers", webhook.name());
            }
        } catch (EventStoreException e) {
            if (!isStoreFailing) {
                isStoreFailing = true;
                log.warn(
                        "Nothing can be sent to the webhook {} at the moment, because of the store of events: {}",
                        webhook.name(),
                        e.getMessage());
            }
        } catch (RuntimeException e) {
            log.error("Events could not be sent to the webhook {}", webhook.name(), e);
        }
    }

    private void receiver(String roomId, Attempt attempt) {
        if (attempt.isDelivered()) {
            failing.remove(roomId);
            if (isWarned && failing.isEmpty()) {
                isWarned = false;
                log.info("The webhook {} takes events again", webhook.name());
            }
        } else {
            failing.add(roomId);
            if (!isWarned && gone == null && !clock.wall().isBefore(warnAt)) {
                isWarned = true;
                warnAt = clock.wall().plus(BETWEEN_WARNINGS);
                log.warn(
                        "The webhook {} does not take an event, which is sent again later: {}",
                        webhook.name(),
                        attempt.words());
            }
        }
    }

    private static String words(String text) {
        return Quoted.line(text, MOST_WORDS);
    }
}

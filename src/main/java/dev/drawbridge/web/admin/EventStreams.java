package dev.drawbridge.web.admin;

import dev.drawbridge.config.EventsProperties;
import dev.drawbridge.config.events.EventsWhenEnabled;
import dev.drawbridge.events.EventStoreException;
import dev.drawbridge.events.follow.Beginning;
import dev.drawbridge.events.follow.EventFilter;
import dev.drawbridge.events.follow.Feed;
import dev.drawbridge.events.follow.Follower;
import dev.drawbridge.host.HostClock;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * All who follow events over HTTP. When the server stops they are told to come again, after its rooms were put away and
 * before the web server waits for requests that are under way: a stop is not held up by those that never end.
 */
@Component
@EventsWhenEnabled
class EventStreams implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(EventStreams.class);

    /** After the rooms, whose end is told too, and before the web server. */
    private static final int PHASE = DEFAULT_PHASE - 512;

    private static final Duration TICK = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    /** Not all are to come again at once. */
    private static final int FIRST_TO_COME_AGAIN_MILLIS = 1_000;

    private static final int LAST_TO_COME_AGAIN_MILLIS = 5_000;

    private final Follower follower;
    private final HostClock clock;
    private final int most;
    private final Semaphore places;
    private final Set<EventStream> streams = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService ticker = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("event-streams").factory());
    private volatile boolean running;
    private volatile boolean stopping;

    EventStreams(Follower follower, HostClock clock, EventsProperties properties) {
        this.follower = follower;
        this.clock = clock;
        this.most = properties.listeners();
        this.places = new Semaphore(most);
    }

    /** Answers with events, for as long as the caller listens. */
    void answer(HttpServletRequest request, HttpServletResponse response, EventFilter wanted, Beginning beginning)
            throws EventStoreException, IOException {
        if (stopping) {
            throw new ProblemException(ProblemType.UNAVAILABLE, "The server is shutting down");
        }
        if (!places.tryAcquire()) {
            throw new ProblemException(
                    ProblemType.UNAVAILABLE,
                    "As many follow events here as may: " + most + "; drawbridge.events.listeners raises it");
        }
        AtomicBoolean left = new AtomicBoolean();
        Runnable leave = () -> {
            if (left.compareAndSet(false, true)) {
                places.release();
            }
        };
        try {
            open(request, response, wanted, beginning, leave);
        } catch (EventStoreException | IOException | RuntimeException e) {
            leave.run();
            throw e;
        }
    }

    private void open(
            HttpServletRequest request,
            HttpServletResponse response,
            EventFilter wanted,
            Beginning beginning,
            Runnable leave)
            throws EventStoreException, IOException {
        AtomicReference<EventStream> stream = new AtomicReference<>();
        Feed feed = follower.open(
                wanted,
                beginning,
                task -> Thread.ofVirtual().name("event-stream").start(task),
                _ -> {
                    EventStream opened = stream.get();
                    if (opened != null) {
                        opened.write();
                    }
                });
        try {
            ServletOutputStream out = response.getOutputStream();
            AsyncContext context = request.startAsync();
            context.setTimeout(0);
            EventStream opened = new EventStream(context, out, feed, first(beginning, feed), clock::millis, () -> {
                streams.remove(stream.get());
                leave.run();
            });
            stream.set(opened);
            context.addListener(opened);
            streams.add(opened);
            out.setWriteListener(opened);
            if (stopping) {
                sayGoodbye(opened);
            }
        } catch (IOException | RuntimeException e) {
            feed.close();
            throw e;
        }
    }

    private static byte[] first(Beginning beginning, Feed feed) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(EventText.hello());
        if (beginning instanceof Beginning.Now) {
            bytes.writeBytes(EventText.ready(feed.place()));
        }
        return bytes.toByteArray();
    }

    @Override
    public void start() {
        var _ = ticker.scheduleWithFixedDelay(
                () -> streams.forEach(EventStream::tick), TICK.toMillis(), TICK.toMillis(), TimeUnit.MILLISECONDS);
        running = true;
    }

    @Override
    public void stop() {
        running = false;
        stopping = true;
        ticker.shutdownNow();
        streams.forEach(EventStreams::sayGoodbye);
        try {
            if (!places.tryAcquire(most, PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                log.info("{} who follow events do not read: they are cut off", streams.size());
                streams.forEach(EventStream::end);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void sayGoodbye(EventStream stream) {
        stream.sayGoodbye(EventText.comeAgain(
                ThreadLocalRandom.current().nextInt(FIRST_TO_COME_AGAIN_MILLIS, LAST_TO_COME_AGAIN_MILLIS)));
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return PHASE;
    }
}

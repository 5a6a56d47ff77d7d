package dev.drawbridge.links;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers who asks for the preview of a page. Who asks for the same page while it is fetched, or is remembered, shares the
 * answer. So many pages are fetched at once, by threads of their own, since a name may take any time to be resolved; nobody
 * waits for one of these, and nobody waits for an answer much longer than a fetch may take.
 */
public final class LinkPreviews implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(LinkPreviews.class);

    /** Reading is work, and takes memory: many at once would not be faster. */
    private static final int READ_AT_ONCE = 2;

    private static final Duration GRACE = Duration.ofMillis(500);

    /** What an answer takes at least: so a bound on bytes is one on answers, too. */
    private static final int LEAST_WEIGHT = 1024;

    private final SafeFetcher fetcher;
    private final PageReader reader;
    private final LinkSettings settings;
    private final LinkObserver observer;
    private final ExecutorService threads;
    private final Semaphore reading = new Semaphore(READ_AT_ONCE);
    private final Map<String, Integer> asking = new ConcurrentHashMap<>();
    private final AsyncCache<String, Result> results;

    private record Result(LinkOutcome outcome, Optional<LinkPreview> preview) {

        int weight(String url) {
            return Math.max(
                    LEAST_WEIGHT,
                    2 * (url.length() + preview.map(LinkPreview::length).orElse(0)));
        }
    }

    public LinkPreviews(LinkSettings settings, NameResolver resolver, LinkObserver observer) {
        this.settings = settings;
        this.observer = observer;
        Destinations destinations =
                new Destinations(settings.ports(), settings.hosts(), settings.addresses(), resolver);
        this.fetcher = new SafeFetcher(settings, destinations, resolver);
        this.reader = new PageReader(destinations::mayBeShown);
        this.threads = new ThreadPoolExecutor(
                0,
                settings.maxConcurrent(),
                30,
                TimeUnit.SECONDS,
                new SynchronousQueue<>(),
                Thread.ofPlatform().daemon().name("links-", 0).factory());
        this.results = Caffeine.newBuilder()
                .maximumWeight(settings.cacheSize())
                .weigher((String url, Result result) -> result.weight(url))
                .expireAfter(Expiry.creating((String url, Result result) ->
                        result.preview().isPresent() ? settings.cacheTtl() : settings.failureTtl()))
                .buildAsync();
    }

    /**
     * Waits for it.
     *
     * @param client who asks, for counting
     */
    public LinkAnswer preview(LinkUrl url, String client) {
        if (asking.merge(client, 1, Integer::sum) > settings.maxConcurrentPerClient()) {
            done(client);
            observer.turnedAway();
            return new LinkAnswer.Busy(true);
        }
        try {
            return preview(url);
        } finally {
            done(client);
        }
    }

    private void done(String client) {
        asking.computeIfPresent(client, (key, count) -> count == 1 ? null : count - 1);
    }

    private LinkAnswer preview(LinkUrl url) {
        boolean[] mine = new boolean[1];
        try {
            Optional<LinkPreview> preview = results.get(url.toString(), (key, executor) -> {
                        mine[0] = true;
                        return start(url);
                    })
                    .join()
                    .preview();
            if (!mine[0]) {
                observer.shared();
            }
            return preview.<LinkAnswer>map(LinkAnswer.Found::new).orElseGet(LinkAnswer.NotFound::new);
        } catch (RejectedExecutionException e) {
            observer.turnedAway();
            return new LinkAnswer.Busy(false);
        }
    }

    /** A thread that hangs, in a name that is not resolved for instance, keeps its place, but nobody waiting. */
    private CompletableFuture<Result> start(LinkUrl url) {
        CompletableFuture<Result> result = new CompletableFuture<>();
        threads.execute(() -> result.complete(run(url)));
        return result.completeOnTimeout(
                none(LinkOutcome.TIMED_OUT), settings.timeout().plus(GRACE).toMillis(), TimeUnit.MILLISECONDS);
    }

    private Result run(LinkUrl url) {
        long started = System.nanoTime();
        Result result = fetchAndRead(url);
        observer.fetched(result.outcome(), Duration.ofNanos(System.nanoTime() - started));
        return result;
    }

    private Result fetchAndRead(LinkUrl url) {
        try {
            Fetched fetched = fetcher.fetch(url, Deadline.in(settings.timeout(), System::nanoTime));
            reading.acquire();
            try {
                Optional<LinkPreview> preview = reader.read(fetched);
                return new Result(preview.isPresent() ? LinkOutcome.FOUND : LinkOutcome.EMPTY, preview);
            } finally {
                reading.release();
            }
        } catch (NotFetchedException e) {
            return none(e.outcome());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return none(LinkOutcome.TIMED_OUT);
        } catch (RuntimeException e) {
            log.warn("A page could not be read: {}", e.getClass().getName()); // its message may quote the page
            log.debug("{}", url, e);
            return none(LinkOutcome.UNREADABLE);
        }
    }

    private static Result none(LinkOutcome outcome) {
        return new Result(outcome, Optional.empty());
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}

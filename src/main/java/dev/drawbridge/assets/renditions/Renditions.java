package dev.drawbridge.assets.renditions;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.drawbridge.assets.Asset;
import dev.drawbridge.assets.AssetStore;
import dev.drawbridge.assets.AssetStoreException;
import dev.drawbridge.assets.ByteRange;
import dev.drawbridge.assets.MediaType;
import dev.drawbridge.assets.Variant;
import dev.drawbridge.assets.renditions.Making.Made;
import dev.drawbridge.assets.renditions.Making.None;
import dev.drawbridge.assets.renditions.RenditionObserver.Outcome;
import dev.drawbridge.json.Quoted;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shows images in the sizes that are asked for. A rendition is made when it is asked for first, by one of a few threads, and
 * kept with its asset; who asks meanwhile waits for the same one. Where there can be none, or not now, there is the original.
 * Other nodes may make the same one at the same time: the last that is kept counts.
 */
public final class Renditions implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Renditions.class);

    /** So many sizes of images are remembered, with what is shown of them. */
    private static final int REMEMBERED = 4_096;

    private static final int LONGEST = 300;

    /** Of a content in memory: as it is, and without what may confuse its reader. */
    private static final int COPIES = 2;

    private final AssetStore store;
    private final Ladder ladder;
    private final Limits limits;
    private final Maker maker;
    private final ExecutorService threads;
    private final LongSupplier nanoTime;
    private final RenditionObserver observer;

    /** What was found or made, or is being; what did not come to anything now is not remembered. */
    private final AsyncCache<Key, Shown> shown =
            Caffeine.newBuilder().maximumSize(REMEMBERED).buildAsync();

    /** An image in a size. The content belongs to it: an id may be another asset's one day. */
    private record Key(String id, String sha256, String variant) {}

    Renditions(
            AssetStore store,
            Ladder ladder,
            Limits limits,
            Maker maker,
            ExecutorService threads,
            LongSupplier nanoTime,
            RenditionObserver observer) {
        this.store = store;
        this.ladder = ladder;
        this.limits = limits;
        this.maker = maker;
        this.threads = threads;
        this.nanoTime = nanoTime;
        this.observer = observer;
    }

    /**
     * Renditions of what is in a store.
     *
     * @param atOnce how many are made at the same time
     * @param limits for each of them
     */
    public static Renditions of(
            AssetStore store,
            Ladder ladder,
            Limits limits,
            int atOnce,
            LongSupplier nanoTime,
            RenditionObserver observer) {
        return new Renditions(
                store,
                ladder,
                limits,
                new Shrinking(limits, nanoTime),
                RenditionThreads.start(atOnce),
                nanoTime,
                observer);
    }

    /**
     * What to show of an asset; may wait for as long as making a rendition may take.
     *
     * @throws AssetStoreException when the store fails
     */
    public Shown show(Asset asset, Wanted wanted) {
        Optional<Rung> rung = Source.isOf(asset.type()) ? ladder.rung(wanted) : Optional.empty();
        if (rung.isEmpty()) {
            return new Shown.Original(true);
        }
        String name = rung.get().variantOf(asset.type());
        Key key = new Key(asset.id(), asset.sha256(), name);
        CompletableFuture<Shown> mine = new CompletableFuture<>();
        CompletableFuture<Shown> before = shown.asMap().putIfAbsent(key, mine);
        if (before != null) {
            return await(before);
        }
        begin(asset, rung.get(), name, mine);
        return await(mine);
    }

    /** What was shown is not there any more: it is looked for, or made, anew the next time. */
    public void forget(Asset asset, Variant variant) {
        shown.asMap().remove(new Key(asset.id(), asset.sha256(), variant.name()));
    }

    private Shown await(CompletableFuture<Shown> future) {
        try {
            return future.get(limits.time().toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException | ExecutionException | CancellationException e) {
            return new Shown.Original(false);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Shown.Original(false);
        }
    }

    private void begin(Asset asset, Rung rung, String name, CompletableFuture<Shown> result) {
        boolean underWay = false;
        try {
            Optional<Variant> kept = store.variants(asset).stream()
                    .filter(variant -> variant.name().equals(name))
                    .findFirst();
            if (kept.isPresent()) {
                result.complete(new Shown.Rendition(kept.get()));
            } else {
                threads.execute(() -> make(asset, rung, name, result));
            }
            underWay = true;
        } catch (RejectedExecutionException e) {
            observer.ended(Outcome.BUSY, Duration.ZERO);
        } finally {
            if (!underWay) {
                result.cancel(false);
            }
        }
    }

    private void make(Asset asset, Rung rung, String name, CompletableFuture<Shown> result) {
        long start = nanoTime.getAsLong();
        Outcome outcome = Outcome.FAILED;
        try {
            switch (making(asset, rung)) {
                case Made(MediaType type, byte[] content) -> {
                    Variant variant = new Variant(name, type, content.length);
                    if (store.putVariant(asset, variant, content)) {
                        outcome = Outcome.MADE;
                        result.complete(new Shown.Rendition(variant));
                    }
                }
                case None(Outcome why) -> {
                    outcome = why;
                    if (why != Outcome.FAILED) {
                        result.complete(new Shown.Original(why != Outcome.TOO_SLOW));
                    }
                }
            }
        } catch (IOException | AssetStoreException e) {
            log.warn("A rendition cannot be made: {}", Quoted.line(String.valueOf(e.getMessage()), LONGEST));
        } finally {
            result.cancel(false); // unless it has come to something
            observer.ended(outcome, Duration.ofNanos(nanoTime.getAsLong() - start));
        }
    }

    private Making making(Asset asset, Rung rung) throws IOException {
        if (asset.size() > limits.bytes() / COPIES) {
            return new None(Outcome.TOO_LARGE);
        }
        Optional<InputStream> opened = store.read(asset, ByteRange.all(asset.size()));
        if (opened.isEmpty()) {
            return new None(Outcome.FAILED); // it was deleted in this moment
        }
        byte[] content;
        try (InputStream all = opened.get()) {
            content = all.readAllBytes();
        }
        return maker.make(asset.type(), content, rung);
    }

    /** Lets go of its threads. What is being made is given up. */
    @Override
    public void close() {
        threads.shutdownNow();
    }
}

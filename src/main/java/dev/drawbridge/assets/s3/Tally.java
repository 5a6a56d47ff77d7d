package dev.drawbridge.assets.s3;

import dev.drawbridge.assets.AssetUsage;
import dev.drawbridge.s3.S3Exception;
import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What all assets take: counted in the bucket at first, then kept up to date, and counted anew from time to time, since
 * others write to it as well. Each thousand assets are one request: where counting is long, it is rare.
 */
final class Tally {
    private static final Logger log = LoggerFactory.getLogger(Tally.class);
    private static final Duration HOLDS = Duration.ofMinutes(10);
    private static final int REST = 100;

    private final Supplier<AssetUsage> count;
    private final LongSupplier nanoTime;
    private @Nullable AssetUsage known;
    private long countAgainAt;
    private boolean counting;
    private AssetUsage sinceCounting = AssetUsage.NONE;

    Tally(Supplier<AssetUsage> count, LongSupplier nanoTime) {
        this.count = count;
        this.nanoTime = nanoTime;
    }

    synchronized void add(long assets, long bytes) {
        if (known != null) {
            known = known.plus(assets, bytes);
        }
        sinceCounting = sinceCounting.plus(assets, bytes);
    }

    /** Only the first who asks waits. */
    synchronized AssetUsage usage() {
        AssetUsage usage = known;
        if (usage == null) {
            long began = nanoTime.getAsLong();
            usage = count.get();
            known = usage;
            countAgainAt = next(began);
        } else if (!counting && nanoTime.getAsLong() - countAgainAt >= 0) {
            counting = true;
            sinceCounting = AssetUsage.NONE;
            Thread.ofVirtual().name("asset-count").start(this::countAgain);
        }
        return usage;
    }

    private long next(long began) {
        long ended = nanoTime.getAsLong();
        return ended + Math.max(HOLDS.toNanos(), (ended - began) * REST);
    }

    private void countAgain() {
        long began = nanoTime.getAsLong();
        @Nullable AssetUsage counted = null;
        try {
            counted = count.get();
        } catch (S3Exception e) {
            log.warn("assets cannot be counted: {}", e.getMessage());
        }
        synchronized (this) {
            if (counted != null) {
                known = counted.plus(sinceCounting.count(), sinceCounting.bytes());
            }
            countAgainAt = next(began);
            counting = false;
        }
    }
}

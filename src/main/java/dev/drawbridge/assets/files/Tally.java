package dev.drawbridge.assets.files;

import dev.drawbridge.assets.AssetUsage;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What all assets take: counted on the disk at first, then kept up to date, and counted anew from time to time, since others
 * may write to the disk as well.
 */
final class Tally {
    private static final Logger log = LoggerFactory.getLogger(Tally.class);
    private static final Duration HOLDS = Duration.ofMinutes(10);

    /** Counts what is there. */
    interface Count {
        AssetUsage count() throws IOException;
    }

    private final Count count;
    private final InstantSource clock;
    private @Nullable AssetUsage known;
    private Instant countedAt = Instant.MIN;
    private boolean counting;
    private AssetUsage sinceCounting = AssetUsage.NONE;

    Tally(Count count, InstantSource clock) {
        this.count = count;
        this.clock = clock;
    }

    synchronized void add(long assets, long bytes) {
        if (known != null) {
            known = known.plus(assets, bytes);
        }
        sinceCounting = sinceCounting.plus(assets, bytes);
    }

    /** Only the first who asks waits. */
    synchronized AssetUsage usage() throws IOException {
        AssetUsage usage = known;
        if (usage == null) {
            usage = count.count();
            known = usage;
            countedAt = clock.instant();
        } else if (!counting && !clock.instant().isBefore(countedAt.plus(HOLDS))) {
            counting = true;
            sinceCounting = AssetUsage.NONE;
            Thread.ofVirtual().name("asset-count").start(this::countAgain);
        }
        return usage;
    }

    private void countAgain() {
        @Nullable AssetUsage counted = null;
        try {
            counted = count.count();
        } catch (IOException | RuntimeException e) {
            log.warn("assets cannot be counted: {}", e.toString());
        }
        synchronized (this) {
            if (counted != null) {
                known = counted.plus(sinceCounting.count(), sinceCounting.bytes());
            }
            countedAt = clock.instant();
            counting = false;
        }
    }
}

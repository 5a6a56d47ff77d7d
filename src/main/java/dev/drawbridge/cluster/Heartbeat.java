package dev.drawbridge.cluster;

import dev.drawbridge.host.HostClock;
import dev.drawbridge.host.Lease;
import dev.drawbridge.store.Membership;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps this node a member of the cluster, and knows until when it certainly is one. The others may take its rooms as soon
 * as the store counts it as gone, so it must have let go of them before: its own time begins when it asks to stay a member,
 * the store's when that has arrived there. No two clocks are compared.
 */
public final class Heartbeat implements Lease {
    private static final Logger log = LoggerFactory.getLogger(Heartbeat.class);
    private static final long NEVER = Long.MIN_VALUE / 2;

    private final String nodeId;
    private final Membership membership;
    private final HostClock clock;
    private final long interval;
    private final Duration timeToLive;
    private final Supplier<NodeCard> card;
    private final Listener listener;

    /** Until then, in milliseconds of the host's clock, it certainly is a member. */
    private volatile long heldUntil = NEVER;

    private volatile long renewedAt = NEVER;

    // The rest is guarded by this object.
    private boolean isMember;
    private boolean ended;
    private boolean asking;
    private long askedAt = NEVER;
    private @Nullable String history;
    private CompletionStage<Void> beat = CompletableFuture.completedStage(null);

    /** Who has to know what becomes of it. Told by the thread that ticks, or by one of the store. */
    public interface Listener {

        /** This node may have been taken for gone, or the store may have forgotten something: it lets go of its rooms. */
        void lost(String why);

        /** Who else is a member, again and again. */
        void roll(Membership.Roll roll);
    }

    /**
     * Makes one that is no member yet.
     *
     * @param interval how often it asks to stay one
     * @param timeToLive how long it is one after it has asked
     */
    public Heartbeat(
            String nodeId,
            Membership membership,
            HostClock clock,
            Duration interval,
            Duration timeToLive,
            Supplier<NodeCard> card,
            Listener listener) {
        this.nodeId = nodeId;
        this.membership = membership;
        this.clock = clock;
        this.interval = interval.toMillis();
        this.timeToLive = timeToLive;
        this.card = card;
        this.listener = listener;
    }

    @Override
    public boolean isHeld(long now) {
        return now <= heldUntil;
    }

    /** How long ago, in milliseconds, it has last become certain that it is a member. */
    public long age(long now) {
        return renewedAt == NEVER ? Long.MAX_VALUE : now - renewedAt;
    }

    /** Time has passed; to be called a few times an interval, always by the same thread. */
    public void tick() {
        long now = clock.millis();
        boolean lost;
        synchronized (this) {
            lost = isMember && now > heldUntil;
            if (lost) {
                isMember = false;
            }
        }
        if (lost) {
            listener.lost("it could not renew its heartbeat for " + timeToLive);
        }
        if (now - askedAt() >= interval) {
            var _ = beat();
        }
    }

    private synchronized long askedAt() {
        return askedAt;
    }

    /**
     * Asks now, unless it is asking already.
     *
     * @return ends, and does not fail, when the answer has been dealt with
     */
    public CompletionStage<Void> beat() {
        long now = clock.millis();
        boolean renew;
        synchronized (this) {
            if (ended || (asking && now - askedAt < timeToLive.toMillis())) {
                return beat;
            }
            asking = true;
            askedAt = now;
            renew = isMember;
        }
        CompletionStage<Membership.Roll> answer = ask(renew);
        CompletionStage<Void> dealtWith = answer.handle((roll, error) -> {
            answered(now, renew, roll, error);
            return null;
        });
        synchronized (this) {
            beat = dealtWith;
        }
        return dealtWith;
    }

    private CompletionStage<Membership.Roll> ask(boolean renew) {
        try {
            byte[] encoded = card.get().encode();
            return renew ? membership.renew(nodeId, encoded, timeToLive) : membership.join(nodeId, encoded, timeToLive);
        } catch (RuntimeException e) {
            return CompletableFuture.failedStage(e); // the next beat may fare better
        }
    }

    private void answered(long asked, boolean renewed, Membership.@Nullable Roll roll, @Nullable Throwable error) {
        String lost = null;
        synchronized (this) {
            if (asked == askedAt) {
                asking = false;
            }
            if (ended || roll == null) {
                if (error != null) {
                    log.debug("the heartbeat was not taken", error);
                }
                return;
            }
            if (!roll.isMember()) {
                lost = isMember && renewed ? "its heartbeat has lapsed" : null;
                isMember = false;
                heldUntil = NEVER;
            } else if (isMember || !renewed) { // else it was lost while it asked
                lost = history != null && !history.equals(roll.history())
                        ? "the store may have been set back to an earlier state"
                        : null;
                history = roll.history();
                isMember = true;
                renewedAt = Math.max(renewedAt, asked);
                heldUntil = Math.max(heldUntil, asked + timeToLive.toMillis());
            }
        }
        if (lost != null) {
            listener.lost(lost);
        }
        if (roll.isMember()) {
            listener.roll(roll);
        } else {
            var _ = beat(); // to be a member again
        }
    }

    /** Waits until this node is a member. */
    public void begin(Duration patience) throws InterruptedException, TimeoutException {
        long end = System.nanoTime() + patience.toNanos();
        while (!isHeld(clock.millis())) {
            var _ = beat();
            if (System.nanoTime() > end) {
                throw new TimeoutException("This node could not become a member of the cluster within " + patience);
            }
            TimeUnit.MILLISECONDS.sleep(10);
        }
    }

    /** It is a member no more, of its own will. */
    public CompletionStage<Void> end() {
        synchronized (this) {
            ended = true;
            isMember = false;
            heldUntil = NEVER;
        }
        return membership.end(nodeId);
    }
}

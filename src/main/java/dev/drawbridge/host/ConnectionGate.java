package dev.drawbridge.host;

import dev.drawbridge.protocol.Limit;
import dev.drawbridge.protocol.Limits;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How many sockets a node takes: in all, and from one network within a minute. */
public final class ConnectionGate {
    private static final Logger log = LoggerFactory.getLogger(ConnectionGate.class);
    private static final double MINUTE = Duration.ofMinutes(1).toMillis();

    private final int mostOpen;
    /** How many milliseconds of a minute one socket uses up. */
    private final double each;

    private final HostClock clock;
    private final HostObserver observer;
    private final AtomicInteger open = new AtomicInteger();

    private final Map<ClientNetwork, Usage> usages = new ConcurrentHashMap<>();

    private final Map<Limit, Long> loggedAt = new EnumMap<>(Limit.class);
    private long sweptAt;

    /**
     * Makes a gate.
     *
     * @param limits of which a network may use its minute up at once, when there were none for a minute, and again in each
     *     minute for long
     */
    public ConnectionGate(Limits.OfNode limits, HostClock clock, HostObserver observer) {
        this.mostOpen = limits.connections();
        this.each = MINUTE / limits.connectionsPerMinute();
        this.clock = clock;
        this.observer = observer;
        this.sweptAt = clock.millis();
    }

    /**
     * Counts a socket in; answers the limit that keeps it out, if one does. One that is let in has to {@link #leave}.
     *
     * @param address where it comes from, as the container says
     */
    public Optional<Limit> enter(String address) {
        long now = clock.millis();
        sweep(now);
        Usage usage = usages.computeIfAbsent(ClientNetwork.of(address), ignored -> new Usage());
        if (!usage.take(each, now)) {
            return Optional.of(hit(Limit.CONNECTION_RATE, now, address));
        }
        if (open.incrementAndGet() > mostOpen) {
            open.decrementAndGet();
            return Optional.of(hit(Limit.CONNECTIONS, now, address));
        }
        return Optional.empty();
    }

    public void leave() {
        open.decrementAndGet();
    }

    /** How many sockets are open. */
    int open() {
        return open.get();
    }

    /** How many networks are remembered. */
    int networks() {
        return usages.size();
    }

    /** Forgets, once a minute, who has used nothing. */
    private void sweep(long now) {
        synchronized (loggedAt) {
            if (now - sweptAt < MINUTE) {
                return;
            }
            sweptAt = now;
        }
        usages.values().removeIf(usage -> usage.isOver(now));
    }

    /** A line a minute is enough. */
    private Limit hit(Limit limit, long now, String address) {
        observer.limitHit(limit);
        synchronized (loggedAt) {
            Long before = loggedAt.get(limit);
            if (before != null && now - before < MINUTE) {
                return limit;
            }
            loggedAt.put(limit, now);
        }
        log.warn("the limit {} was hit by a socket from {}: its client is told to try again later", limit, address);
        return limit;
    }

    /** How much of a minute a network has used up. */
    private static final class Usage {
        /** When it has used nothing any more. */
        private double endsAt;

        synchronized boolean take(double part, long now) {
            double next = Math.max(endsAt, (double) now) + part;
            if (next - now > MINUTE + part / 2) { // half of one is for rounding
                return false;
            }
            endsAt = next;
            return true;
        }

        synchronized boolean isOver(long now) {
            return endsAt <= now;
        }
    }
}

package dev.drawbridge.host;

import dev.drawbridge.protocol.Limit;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How many sockets a node takes: in all, and from one address within a minute: of IPv6 from one network of 64 bits. */
public final class ConnectionGate {
    private static final Logger log = LoggerFactory.getLogger(ConnectionGate.class);
    private static final long MINUTE = Duration.ofMinutes(1).toMillis();

    private final int mostOpen;
    private final int mostPerMinute;
    private final InstantSource clock;
    private final HostObserver observer;
    private final AtomicInteger open = new AtomicInteger();
    private volatile Minute minute = new Minute(0);

    /** The sockets that were opened within a minute, by address, and the limits that were hit. */
    private record Minute(long number, Map<String, AtomicInteger> opened, Map<Limit, Boolean> logged) {
        Minute(long number) {
            this(number, new ConcurrentHashMap<>(), new ConcurrentHashMap<>());
        }
    }

    /**
     * Makes a gate.
     *
     * @param mostOpen how many sockets may be open
     * @param mostPerMinute how many may be opened within a minute from one address
     */
    public ConnectionGate(int mostOpen, int mostPerMinute, InstantSource clock, HostObserver observer) {
        this.mostOpen = mostOpen;
        this.mostPerMinute = mostPerMinute;
        this.clock = clock;
        this.observer = observer;
    }

    /** Counts a socket in; answers the limit that keeps it out, if one does. One that is let in has to {@link #leave}. */
    public Optional<Limit> enter(String address) {
        Minute now = thisMinute();
        int opened = now.opened
                .computeIfAbsent(AddressBlock.of(address), ignored -> new AtomicInteger())
                .incrementAndGet();
        if (opened > mostPerMinute) {
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

    private Minute thisMinute() {
        long number = clock.millis() / MINUTE;
        Minute current = minute;
        if (current.number != number) {
            synchronized (this) {
                current = minute;
                if (current.number != number) {
                    current = new Minute(number);
                    minute = current;
                }
            }
        }
        return current;
    }

    /** A line a minute is enough. */
    private Limit hit(Limit limit, Minute now, String address) {
        observer.limitHit(limit);
        if (now.logged.put(limit, true) == null) {
            log.warn("the limit {} was hit by a socket from {}: its client is told to try again later", limit, address);
        }
        return limit;
    }
}

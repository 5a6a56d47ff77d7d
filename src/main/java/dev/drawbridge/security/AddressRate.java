package dev.drawbridge.security;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.drawbridge.host.ClientNetwork;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * How often an address may do something: so many times at once, and as many more in each period, spread evenly over it. What
 * is remembered of an address is one number, and of no more addresses than so many.
 */
public final class AddressRate {
    private static final int MAX_ADDRESSES = 10_000;

    private final long interval;
    private final long period;
    private final LongSupplier nanoTime;

    /** For each address the moment at which it has all its times again. */
    private final Cache<ClientNetwork, Long> recovered;

    /**
     * @param times in each period, at least one
     * @param nanoTime nanoseconds that only grow
     */
    public AddressRate(int times, Duration period, LongSupplier nanoTime) {
        this.interval = period.toNanos() / times;
        this.period = interval * times;
        this.nanoTime = nanoTime;
        this.recovered = Caffeine.newBuilder()
                .maximumSize(MAX_ADDRESSES)
                .expireAfterWrite(period)
                .ticker(nanoTime::getAsLong)
                .build();
    }

    /** Zero when it is allowed now, and counted; else how long the address has to wait, and nothing is counted. */
    public Duration take(String address) {
        long now = nanoTime.getAsLong();
        AtomicLong wait = new AtomicLong();
        recovered.asMap().compute(ClientNetwork.of(address), (network, known) -> {
            long from = known == null || known - now < 0 ? now : known;
            long early = from + interval - now - period;
            wait.set(early);
            return early > 0 ? from : from + interval;
        });
        return Duration.ofNanos(Math.max(0, wait.get()));
    }
}

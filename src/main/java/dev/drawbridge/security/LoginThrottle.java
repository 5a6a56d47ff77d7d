package dev.drawbridge.security;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.drawbridge.host.ClientNetwork;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Slows down who tries one token after another. The first few failures of an address are free; after each further one it has
 * to wait, longer each time. An attempt that comes too early is refused unseen, also with the right token: else the refusal
 * would tell. Other addresses feel nothing, and no thread waits.
 */
final class LoginThrottle {
    private static final int FREE_FAILURES = 5;
    private static final Duration FIRST_WAIT = Duration.ofSeconds(1);
    private static final int DOUBLINGS = 6;
    private static final Duration FORGOTTEN_AFTER = Duration.ofMinutes(15);
    private static final int MAX_ADDRESSES = 10_000;

    private final LongSupplier clock;
    private final Cache<ClientNetwork, Failures> failures = Caffeine.newBuilder()
            .maximumSize(MAX_ADDRESSES)
            .expireAfterWrite(FORGOTTEN_AFTER)
            .build();

    private record Failures(int count, long next) {

        Failures oneMore(long now) {
            int paid = Math.min(count + 1 - FREE_FAILURES, DOUBLINGS);
            return new Failures(count + 1, paid < 0 ? now : now + (FIRST_WAIT.toMillis() << paid));
        }
    }

    /** @param clock milliseconds that only grow */
    LoginThrottle(LongSupplier clock) {
        this.clock = clock;
    }

    /** How long this address has to wait before it may try; zero when it may. */
    Duration wait(String address) {
        Failures known = failures.getIfPresent(ClientNetwork.of(address));
        return known == null ? Duration.ZERO : Duration.ofMillis(Math.max(0, known.next() - clock.getAsLong()));
    }

    void failed(String address) {
        long now = clock.getAsLong();
        failures.asMap()
                .compute(ClientNetwork.of(address), (network, known) -> (known == null ? new Failures(0, now) : known)
                        .oneMore(now));
    }

    void succeeded(String address) {
        failures.invalidate(ClientNetwork.of(address));
    }
}

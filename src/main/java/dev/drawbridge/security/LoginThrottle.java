package dev.drawbridge.security;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.drawbridge.host.AddressBlock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

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

    private final InstantSource clock;
    private final Cache<String, Failures> failures = Caffeine.newBuilder()
            .maximumSize(MAX_ADDRESSES)
            .expireAfterWrite(FORGOTTEN_AFTER)
            .build();

    private record Failures(int count, Instant next) {

        Failures oneMore(Instant now) {
            int paid = Math.min(count + 1 - FREE_FAILURES, DOUBLINGS);
            return new Failures(count + 1, paid < 0 ? now : now.plus(FIRST_WAIT.multipliedBy(1L << paid)));
        }
    }

    LoginThrottle(InstantSource clock) {
        this.clock = clock;
    }

    /** How long this address has to wait before it may try; zero when it may. */
    Duration wait(String address) {
        Failures known = failures.getIfPresent(AddressBlock.of(address));
        Duration left = known == null ? Duration.ZERO : Duration.between(clock.instant(), known.next());
        return left.isNegative() ? Duration.ZERO : left;
    }

    void failed(String address) {
        Instant now = clock.instant();
        failures.asMap()
                .compute(AddressBlock.of(address), (network, known) -> (known == null ? new Failures(0, now) : known)
                        .oneMore(now));
    }

    void succeeded(String address) {
        failures.invalidate(AddressBlock.of(address));
    }
}

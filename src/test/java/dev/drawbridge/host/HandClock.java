package dev.drawbridge.host;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Shows the time that the test sets. */
final class HandClock implements InstantSource {
    private Instant now = Instant.ofEpochMilli(1_700_000_000_000L);

    @Override
    public Instant instant() {
        return now;
    }

    void advance(Duration time) {
        now = now.plus(time);
    }
}

package dev.drawbridge.host;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Shows the time that the test sets. */
public final class HandClock implements HostClock, InstantSource {
    private Instant now = Instant.ofEpochMilli(1_700_000_000_000L);

    @Override
    public long millis() {
        return now.toEpochMilli();
    }

    @Override
    public Instant instant() {
        return now;
    }

    @Override
    public Instant wall() {
        return now;
    }

    public void advance(Duration time) {
        now = now.plus(time);
    }
}

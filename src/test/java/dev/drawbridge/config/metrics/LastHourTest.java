package dev.drawbridge.config.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.host.HostClock;
import dev.drawbridge.protocol.Limit;
import dev.drawbridge.protocol.RefusalReason;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("The last hour")
class LastHourTest {
    private static final Instant START = Instant.parse("2026-01-31T09:00:00Z");
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final MeterRegistry registry = new SimpleMeterRegistry();
    private final MicrometerHostObserver observer = new MicrometerHostObserver(registry);
    private final AtomicInteger connections =
            Objects.requireNonNull(registry.gauge(CensusMeters.CONNECTIONS, new AtomicInteger()));
    private final TwoClocks clock = new TwoClocks();
    private final LastHour hour = new LastHour(() -> Reading.of(registry), clock);

    /** One that runs evenly, and one that is set by hand. */
    private static final class TwoClocks implements HostClock {
        private long millis = 5;
        private Instant wall = START;

        void advance(Duration time) {
            millis += time.toMillis();
            wall = wall.plus(time);
        }

        @Override
        public long millis() {
            return millis;
        }

        @Override
        public Instant wall() {
            return wall;
        }
    }

    private void push(int times) {
        for (int i = 0; i < times; i++) {
            observer.pushed(1_000);
        }
    }

    private void nextMinute() {
        clock.advance(MINUTE);
        hour.tick();
    }

    @Test
    @DisplayName("has sixty minutes from the start on, the last of which is running")
    void fromTheStart() {
        push(3);

        HourReport report = hour.report();

        assertThat(report.pushes()).hasSize(60).endsWith(3L);
        assertThat(report.pushes().subList(0, 59)).containsOnly(0L);
        assertThat(report.commitMillis()).hasSize(60).containsOnly(OptionalDouble.empty());
        assertThat(List.of(report.commits(), report.connections(), report.rooms(), report.closes()))
                .allSatisfy(series -> assertThat(series).hasSize(60));
        assertThat(report.from()).isEqualTo(START.minus(Duration.ofMinutes(59)));
    }

    @Test
    @DisplayName("counts what happens for the minute in which it does, and forgets it after an hour")
    void minutes() {
        push(2);
        nextMinute();
        push(5);
        nextMinute();
        assertThat(hour.report().pushes()).endsWith(2L, 5L, 0L);
        assertThat(hour.report().from()).isEqualTo(START.minus(Duration.ofMinutes(57)));

        for (int i = 0; i < 58; i++) {
            nextMinute();
        }
        assertThat(hour.report().pushes()).startsWith(5L, 0L).hasSize(60);
        nextMinute();
        assertThat(hour.report().pushes()).containsOnly(0L);
    }

    @Test
    @DisplayName("counts nothing twice, however often it is read")
    void reading() {
        push(1);
        clock.advance(Duration.ofSeconds(59));
        hour.tick();
        assertThat(hour.report().pushes()).endsWith(0L, 1L);
        assertThat(hour.report().pushes()).endsWith(0L, 1L);
        clock.advance(Duration.ofSeconds(1));
        assertThat(hour.report().pushes()).endsWith(1L, 0L);
        assertThat(hour.report().pushes().stream().mapToLong(Long::longValue).sum())
                .isOne();
    }

    @Test
    @DisplayName("tells how long commits took on average, minute by minute")
    void commits() {
        observer.committed(TimeUnit.MILLISECONDS.toNanos(2), 1, 10);
        observer.committed(TimeUnit.MILLISECONDS.toNanos(4), 1, 10);
        nextMinute();
        observer.committed(TimeUnit.MILLISECONDS.toNanos(10), 1, 10);

        HourReport report = hour.report();

        assertThat(report.commits()).endsWith(2L, 1L);
        assertThat(report.commitMillis()).endsWith(OptionalDouble.of(3), OptionalDouble.of(10));
    }

    @Test
    @DisplayName("shows what there was when a minute ended, and what there is now")
    void gauges() {
        connections.set(7);
        nextMinute();
        connections.set(9);

        assertThat(hour.report().connections()).endsWith(0L, 7L, 9L);
    }

    @Test
    @DisplayName("tells which refusals and limits there were, the most frequent first")
    void kinds() {
        observer.refused(RefusalReason.FORBIDDEN);
        observer.limitHit(Limit.OUTBOX);
        nextMinute();
        observer.refused(RefusalReason.ROOM_FULL);
        observer.refused(RefusalReason.ROOM_FULL);
        observer.limitHit(Limit.SESSIONS_PER_ROOM);
        observer.limitHit(Limit.SESSIONS_PER_ROOM);
        observer.closed(1013);

        HourReport report = hour.report();

        assertThat(report.refusals().minutes()).endsWith(1L, 2L);
        assertThat(report.refusals().kinds())
                .containsExactly(Map.entry(RefusalReason.ROOM_FULL, 2L), Map.entry(RefusalReason.FORBIDDEN, 1L));
        assertThat(report.limits().kinds())
                .containsExactly(Map.entry(Limit.SESSIONS_PER_ROOM, 2L), Map.entry(Limit.OUTBOX, 1L));
        assertThat(report.closes()).endsWith(0L, 1L);
    }

    @Test
    @DisplayName("takes no harm from a clock that is set, in either direction")
    void clockIsSet() {
        push(4);
        nextMinute();
        clock.wall = START.minus(Duration.ofDays(400));
        push(1);
        nextMinute();
        assertThat(hour.report().pushes()).endsWith(4L, 1L, 0L);
        clock.wall = START.plus(Duration.ofDays(400));
        nextMinute();
        assertThat(hour.report().pushes()).endsWith(4L, 1L, 0L, 0L);
    }

    @Test
    @DisplayName("takes no harm from time that does not pass, or passes backwards")
    void noTime() {
        push(4);
        clock.millis -= 100_000_000;
        hour.tick();
        assertThat(hour.report().pushes()).hasSize(60).endsWith(0L, 4L);
    }

    @Test
    @DisplayName("has as many minutes when it was not given its ticks for long")
    void missedTicks() {
        push(4);
        clock.advance(Duration.ofMinutes(3));
        assertThat(hour.report().pushes()).hasSize(60).endsWith(0L, 0L, 4L, 0L);
        clock.advance(Duration.ofDays(3));
        push(1);
        assertThat(hour.report().pushes()).hasSize(60).endsWith(0L, 1L, 0L);
        assertThat(hour.report().pushes().subList(0, 58)).containsOnly(0L);
    }

    @Test
    @DisplayName("is empty where nothing is measured, and takes a counter that begins anew for what it is")
    void noMeters() {
        AtomicInteger count = new AtomicInteger(10);
        LastHour counted = new LastHour(() -> pushes(count.get()), clock);
        count.set(3);
        clock.advance(MINUTE);
        counted.tick();
        count.set(5);
        assertThat(counted.report().pushes()).endsWith(0L, 2L);

        LastHour unmeasured = new LastHour(() -> Reading.of(new SimpleMeterRegistry()), clock);
        assertThat(unmeasured.report().pushes()).hasSize(60).containsOnly(0L);
    }

    private static Reading pushes(long count) {
        return new Reading(count, 0, 0, 0, 0, Map.of(), Map.of(), 0);
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(Limit.class)
    @DisplayName("says of each limit what it is, and what raises it, in one sentence")
    void meanings(Limit limit) {
        assertThat(Meanings.of(limit)).endsWith(" raises it.");
        if (limit != Limit.MEMORY) {
            assertThat(Meanings.of(limit)).containsPattern("drawbridge\\.limits\\.[a-z-]+ raises it");
        }
    }
}

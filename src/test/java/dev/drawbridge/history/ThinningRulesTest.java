package dev.drawbridge.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Of a room's versions")
class ThinningRulesTest {
    /** A Sunday. */
    private static final Instant NOW = Instant.parse("2026-03-01T12:30:00Z");

    @ParameterizedTest(name = "{0} stays: {2}, when {1} is there too")
    @CsvSource({
        // all of the last hour
        "2026-03-01T11:31:00Z, 2026-03-01T11:32:00Z, true",
        // then the last of each hour, which begins with the hour
        "2026-03-01T10:01:00Z, 2026-03-01T10:59:59Z, false",
        "2026-03-01T10:59:59Z, 2026-03-01T11:00:00Z, true",
        "2026-03-01T11:05:00Z, 2026-03-01T11:59:00Z, false",
        // then the last of each day
        "2026-02-27T01:00:00Z, 2026-02-27T23:00:00Z, false",
        "2026-02-26T23:59:59Z, 2026-02-27T00:00:00Z, true",
        // of one that is a day old the younger ones of that day are the last
        "2026-02-28T10:00:00Z, 2026-02-28T20:00:00Z, false",
        // then the last of each week, which begins with a Monday
        "2026-01-05T01:00:00Z, 2026-01-11T23:00:00Z, false",
        "2026-01-04T23:00:00Z, 2026-01-05T01:00:00Z, true",
        "2020-01-01T00:00:00Z, 2026-01-05T01:00:00Z, true",
    })
    @DisplayName("one stays or goes, depending on what came after it")
    void table(Instant one, Instant other, boolean stays) {
        List<Version> versions = List.of(version(one), version(other), version(NOW.minusSeconds(1)));
        assertThat(!ThinningRules.DEFAULT.which(versions, NOW).contains(id(one)))
                .isEqualTo(stays);
        assertThat(ThinningRules.DEFAULT.which(versions, NOW)).doesNotContain(id(other));
    }

    @Test
    @DisplayName("one with a name stays, and so does the newest")
    void kept() {
        Instant old = Instant.parse("2025-01-06T01:00:00Z");
        List<Version> versions = List.of(
                version(old).named(Optional.of("first")), version(old.plusSeconds(60)), version(old.plusSeconds(120)));
        assertThat(ThinningRules.DEFAULT.which(versions, NOW)).containsExactly(id(old.plusSeconds(60)));
        assertThat(ThinningRules.DEFAULT.which(versions.subList(0, 1), NOW)).isEmpty();
        assertThat(ThinningRules.DEFAULT.which(List.of(), NOW)).isEmpty();
    }

    @Test
    @DisplayName("none goes by its age when that is turned off, or when it is from the future")
    void off() {
        List<Version> versions = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            versions.add(version(NOW.minusSeconds(100_000 + i)));
        }
        ThinningRules off = new ThinningRules(Duration.ZERO, Duration.ZERO, Duration.ZERO, 0, 0);
        assertThat(off.which(versions, NOW)).isEmpty();
        assertThat(ThinningRules.DEFAULT.which(versions, NOW.minus(Duration.ofDays(9))))
                .isEmpty();
    }

    @Test
    @DisplayName(
            "few are left of many, never more than was promised apart, and which does not depend on when one looks")
    void overTime() {
        List<Version> versions = new ArrayList<>();
        Instant time = NOW.minus(Duration.ofDays(100));
        while (time.isBefore(NOW)) {
            time = time.plus(Duration.ofMinutes(10));
            versions.add(version(time));
            if (versions.size() % 7 == 0) {
                Set<VersionId> going = ThinningRules.DEFAULT.which(versions, time);
                versions.removeIf(version -> going.contains(version.id()));
            }
        }
        Set<VersionId> going = ThinningRules.DEFAULT.which(versions, NOW);
        versions.removeIf(version -> going.contains(version.id()));

        assertThat(versions).hasSizeBetween(6 + 23 + 28 + 9, 8 + 26 + 32 + 12);
        Set<Object> days = new HashSet<>();
        versions.forEach(
                version -> days.add(Duration.between(version.time(), NOW).toDays()));
        for (long day = 0; day < 29; day++) {
            assertThat(days).contains(day);
        }
    }

    private static VersionId id(Instant time) {
        return VersionId.at(time, 0);
    }

    static Version version(Instant time) {
        return new Version(id(time), time, 1, Optional.empty(), Reason.AUTO, List.of(), 1, 1, "");
    }
}

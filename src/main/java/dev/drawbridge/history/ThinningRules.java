package dev.drawbridge.history;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Which versions stay: all of the last time, then the last of each hour, then the last of each day, then the last of each week.
 * Hours, days and weeks are those of the calendar in UTC, so that what stays once is what stays for long. One with a name
 * stays, and so does the newest one.
 *
 * @param all so long every version stays; zero: none goes by its age
 * @param hourly until it is that old one an hour stays
 * @param daily until it is that old one a day stays, and one a week after that
 * @param roomBytes what a room's versions may take; beyond that the oldest ones without a name go. Zero: whatever they take
 * @param serverBytes the same for those of all rooms
 */
public record ThinningRules(Duration all, Duration hourly, Duration daily, long roomBytes, long serverBytes) {

    /** All of an hour, hourly for a day, daily for 30 days; no budget. */
    public static final ThinningRules DEFAULT =
            new ThinningRules(Duration.ofHours(1), Duration.ofDays(1), Duration.ofDays(30), 0, 0);

    private static final long AN_HOUR = 60 * 60;
    private static final long A_DAY = 24 * AN_HOUR;
    private static final long A_WEEK = 7 * A_DAY;
    private static final List<Long> LENGTHS = List.of(AN_HOUR, A_DAY, A_WEEK);

    /** The epoch was a Thursday; weeks begin with Mondays. */
    private static final long TO_MONDAY = 3 * A_DAY;

    /** An hour, a day or a week. */
    private record Period(long seconds, long number) {}

    /** Which of a room's versions are to go, by their age. */
    public Set<VersionId> which(List<Version> versions, Instant now) {
        Set<VersionId> going = new HashSet<>();
        if (all.isZero()) {
            return going;
        }
        Set<Period> taken = new HashSet<>();
        List<Version> newestFirst = versions.stream()
                .sorted((one, other) -> other.id().compareTo(one.id()))
                .toList();
        for (Version version : newestFirst) {
            Duration age = Duration.between(version.time(), now);
            boolean isNewest = version == newestFirst.getFirst();
            boolean isYoung = age.compareTo(all) <= 0;
            // The last one of its time may have a name, or be young: the others need not stay then either.
            boolean isLast = !taken.contains(period(version.time(), length(age)));
            LENGTHS.forEach(length -> taken.add(period(version.time(), length)));
            if (!isNewest && !isYoung && !isLast && version.name().isEmpty()) {
                going.add(version.id());
            }
        }
        return going;
    }

    /** Of how long a time one stays. */
    private long length(Duration age) {
        return age.compareTo(hourly) <= 0 ? AN_HOUR : age.compareTo(daily) <= 0 ? A_DAY : A_WEEK;
    }

    private static Period period(Instant time, long length) {
        long shift = length == A_WEEK ? TO_MONDAY : 0;
        return new Period(length, Math.floorDiv(time.getEpochSecond() + shift, length));
    }
}

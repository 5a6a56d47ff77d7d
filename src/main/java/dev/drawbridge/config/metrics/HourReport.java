package dev.drawbridge.config.metrics;

import dev.drawbridge.protocol.Limit;
import dev.drawbridge.protocol.RefusalReason;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/**
 * An hour, minute by minute, the oldest first.
 *
 * @param from when the first minute began
 * @param pushes that rooms have worked through
 * @param commits that were stored
 * @param commitMillis how long a commit took, on average; empty where there was none
 * @param connections sockets that were open when the minute ended
 * @param rooms rooms that were in memory when the minute ended
 * @param refusals sessions that were refused for good
 * @param limits bounds that were hit
 * @param closes sockets that were closed so that their client may come back
 */
public record HourReport(
        Instant from,
        List<Long> pushes,
        List<Long> commits,
        List<OptionalDouble> commitMillis,
        List<Long> connections,
        List<Long> rooms,
        Counts<RefusalReason> refusals,
        Counts<Limit> limits,
        List<Long> closes) {

    /**
     * What is counted by kinds.
     *
     * @param minutes of all kinds together
     * @param kinds those that occurred, over the hour, the most frequent first
     */
    public record Counts<E extends Enum<E>>(List<Long> minutes, List<Map.Entry<E, Long>> kinds) {

        static <E extends Enum<E>> Counts<E> of(Class<E> type, Stream<Map<E, Long>> minutes) {
            Map<E, Long> hour = new EnumMap<>(type);
            List<Long> sums = minutes.map(minute -> {
                        minute.forEach((kind, count) -> hour.merge(kind, count, Long::sum));
                        return minute.values().stream()
                                .mapToLong(Long::longValue)
                                .sum();
                    })
                    .toList();
            return new Counts<>(
                    sums,
                    hour.entrySet().stream()
                            .filter(kind -> kind.getValue() > 0)
                            .sorted(Map.Entry.<E, Long>comparingByValue(Comparator.reverseOrder())
                                    .thenComparing(Map.Entry.comparingByKey()))
                            .map(kind -> Map.entry(kind.getKey(), kind.getValue()))
                            .toList());
        }
    }
}

package dev.drawbridge.bench.load;

import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A server that is measured, or several that share their rooms.
 *
 * @param doors the ports by which clients come in, on the same host
 * @param path what stands before {@code /connect}
 * @param pids its process, and behind it others that work for it, as Redis does; empty when nothing is known of them
 */
record Target(String label, String host, List<Integer> doors, String path, List<Long> pids) {

    Target(String label, String host, int port, String path, List<Long> pids) {
        this(label, host, List.of(port), path, pids);
    }

    /** The same, by further doors. */
    Target with(List<Integer> further) {
        List<Integer> all = new ArrayList<>(doors);
        all.addAll(further);
        return new Target(label, host, List.copyOf(all), path, pids);
    }

    /** The port by which somebody comes in. */
    int door(int number) {
        return doors.get(Math.floorMod(number, doors.size()));
    }

    /** Reads {@code ws://host:port}, and pids as {@code 12+34}. */
    static Target of(String url, String pids, String label) {
        URI uri = URI.create(url);
        String path = uri.getPath().replaceAll("/$", "");
        List<Long> numbers = pids.isEmpty()
                ? List.of()
                : Arrays.stream(pids.split("\\+", -1)).map(Long::valueOf).toList();
        return new Target(label, uri.getHost(), uri.getPort(), path, numbers);
    }

    /** Reads {@code ws://host:port,pid,label}; what is missing at the end is not known. */
    static Target of(String described, String label) {
        String[] parts = described.split(",", -1);
        return of(parts[0], parts.length > 1 ? parts[1] : "", parts.length > 2 ? parts[2] : label);
    }

    Processes processes() {
        return new Processes(pids);
    }
}

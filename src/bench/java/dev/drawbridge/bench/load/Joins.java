package dev.drawbridge.bench.load;

import java.util.List;

/** What has come of clients that were to join. */
record Joins(List<LoadClient> all) {

    /** Those who came in, also if they have left since. */
    List<LoadClient> joined() {
        return all.stream().filter(client -> client.joinedAt() > 0).toList();
    }

    /** From the first socket to the last answer, in milliseconds. */
    double allMillis() {
        long first = all.stream().mapToLong(LoadClient::openedAt).min().orElse(0);
        long last = joined().stream().mapToLong(LoadClient::joinedAt).max().orElse(first);
        return (last - first) / 1_000.0;
    }

    /** From opening the socket to the end of the answer, each exactly, in milliseconds. */
    Figures millis() {
        double[] millis = joined().stream()
                .mapToDouble(client -> (client.joinedAt() - client.openedAt()) / 1_000.0)
                .sorted()
                .toArray();
        Figures figures = new Figures().put("n", (long) millis.length);
        if (millis.length > 0) {
            figures.put("p50", at(millis, 0.5))
                    .put("p95", at(millis, 0.95))
                    .put("p99", at(millis, 0.99))
                    .put("max", at(millis, 1));
        }
        return figures;
    }

    private static double at(double[] sorted, double share) {
        return Figures.rounded(sorted[Math.max(0, (int) Math.ceil(share * sorted.length) - 1)], 2);
    }
}

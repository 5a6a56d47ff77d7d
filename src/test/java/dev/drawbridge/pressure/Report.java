package dev.drawbridge.pressure;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What the attacks have cost, one line each. */
final class Report {
    private final List<String> lines = new ArrayList<>(List.of("%-24s %7s %7s %7s %7s %7s %6s %8s %8s %8s %8s %5s %6s"
            .formatted(
                    "attack",
                    "pushes",
                    "lost",
                    "unseen",
                    "p50 ms",
                    "p99 ms",
                    "max ms",
                    "heap MB",
                    "kept MB",
                    "RSS MB",
                    "pause ms",
                    "full",
                    "s")));
    private final List<String> notes = new ArrayList<>();

    void add(String name, Canary.Noticed canary, Memory.Peak peak, double seconds, boolean passed) {
        lines.add(String.format(
                Locale.ROOT,
                "%-24s %7d %7d %7d %7.1f %7.1f %6.0f %8d %8d %8d %8.1f %5d %6.1f%s",
                name,
                canary.pushes(),
                canary.unanswered(),
                canary.unseen(),
                canary.p50(),
                canary.p99(),
                canary.max(),
                peak.heap() >> 20,
                peak.kept() >> 20,
                peak.rss() >> 20,
                peak.longestPauseMillis(),
                peak.fullCollections(),
                seconds,
                passed ? "" : "  FAILED"));
    }

    /** Something that an attack has measured. */
    void note(String text) {
        notes.add(text);
    }

    @Override
    public String toString() {
        return "\nUnder pressure: what two canaries noticed of it, and what the server (heap "
                + (AttackedServer.HEAP >> 20) + " MB) took\n\n" + String.join("\n", lines) + "\n\n"
                + String.join("\n", notes) + "\n";
    }
}

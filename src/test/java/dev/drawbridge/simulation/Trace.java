package dev.drawbridge.simulation;

import com.google.errorprone.annotations.FormatMethod;
import dev.drawbridge.host.HostClock;
import java.util.ArrayList;
import java.util.List;

/** What has happened in a simulation, for people. It is written only when somebody will read it. */
public final class Trace {
    private final boolean kept;
    private final HostClock clock;
    private final List<String> lines = new ArrayList<>();

    public Trace(boolean kept, HostClock clock) {
        this.kept = kept;
        this.clock = clock;
    }

    /** Whether somebody will read it. */
    public boolean isKept() {
        return kept;
    }

    @FormatMethod
    public void add(String line, Object... arguments) {
        if (kept) {
            lines.add("%7d  ".formatted(clock.millis()) + line.formatted(arguments));
        }
    }

    public String text() {
        return String.join("\n", lines);
    }
}

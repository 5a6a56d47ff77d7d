package dev.drawbridge.bench.load;

import java.io.IOException;
import java.util.List;

/** Starting a server of its own: until it is ready, and what it takes when it has come to rest. */
final class Start implements Scenario {
    private static final double AT_REST = 5;

    @Override
    public Figures run(Run run) throws IOException {
        try (OwnServer server = OwnServer.start(run.options())) {
            Processes processes = server.target().processes();
            double cpu = processes.cpuSeconds();
            double resident = processes.residentMegabytes();
            Pause.seconds(AT_REST);
            Figures figures = new Figures()
                    .put("program", server.program())
                    .put("ready_ms", Figures.rounded(server.readyMillis(), 0))
                    .put("ready_cpu_s", cpu)
                    .put("ready_rss_mb", Figures.rounded(resident, 1))
                    .put("rest_cpu_s", processes.cpuSeconds())
                    .put("rest_rss_mb", Figures.rounded(processes.residentMegabytes(), 1));
            // Last of all: it collects the garbage.
            return figures.put(
                    "live_heap_mb", Figures.rounded(processes.liveHeapBytes().orElse(Double.NaN) / (1 << 20), 1));
        }
    }

    @Override
    public boolean startsServer() {
        return true;
    }

    @Override
    public int usual() {
        return 1;
    }

    @Override
    public List<String> compared() {
        return List.of();
    }
}

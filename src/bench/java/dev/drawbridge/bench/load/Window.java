package dev.drawbridge.bench.load;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/** The time in which it is measured: what clients got, and what it cost. */
final class Window {
    private static final OperatingSystemMXBean OURSELVES =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private final Pool pool;
    private final Processes server;
    private final double serverCpu;
    private final double helpersCpu;
    private final double ownCpu;
    private final Machine machine;
    private final long start;

    private Window(Pool pool, Processes server) {
        this.pool = pool;
        this.server = server;
        this.serverCpu = server.cpuSeconds();
        this.helpersCpu = server.helpersCpuSeconds();
        this.ownCpu = ownCpuSeconds();
        this.machine = Machine.now();
        this.start = Clock.micros();
    }

    /** Begins to measure: from now on is counted. */
    static Window open(Pool pool, Run run) {
        pool.tell(ClientLoop::restartTally);
        return new Window(pool, run.target().processes());
    }

    /** Measures what goes on anyway, for as long as was asked for. */
    static Figures measure(Pool pool, Run run) {
        Pause.of(run.options().warm());
        Window window = open(pool, run);
        Pause.of(run.options().window());
        return window.figures();
    }

    Figures figures() {
        Tally tally = pool.tally();
        double seconds = (Clock.micros() - start) / 1e6;
        double cpu = server.cpuSeconds() - serverCpu;
        double helpers = server.helpersCpuSeconds() - helpersCpu;
        double own = ownCpuSeconds() - ownCpu;
        double others = Machine.now().coresSince(machine) - (cpu + helpers + own) / seconds;
        Figures figures = new Figures()
                .put("seconds", Figures.rounded(seconds, 2))
                .put("pushes_s", Figures.rounded(tally.pushes / seconds, 1))
                .put("offered_patches_s", Figures.rounded(tally.offered / seconds, 1))
                .put("patches_s", Figures.rounded(tally.patches() / seconds, 1))
                .put("delivered_ratio", Figures.rounded((double) tally.patches() / tally.offered, 3))
                .put("seen_ratio", Figures.rounded((double) seen(tally) / tally.offered, 3))
                .put("results_s", Figures.rounded(tally.results / seconds, 1))
                .put("commits_s", Figures.rounded(tally.commits / seconds, 1))
                .put("messages_s", Figures.rounded(tally.frames / seconds, 1))
                .put("mbytes_s", Figures.rounded(tally.bytes / seconds / 1e6, 2))
                .put("presence_ms", tally.presence.figures())
                .put("document_ms", tally.document.figures())
                .put("rtt_ms", tally.roundTrip.figures())
                .put("server_cores", Figures.rounded(cpu / seconds, 3))
                .put("cpu_us_per_offered", Figures.rounded(cpu * 1e6 / tally.offered))
                .put("cpu_us_per_patch", Figures.rounded(cpu * 1e6 / tally.patches()))
                .put("cpu_us_per_push", Figures.rounded(cpu * 1e6 / tally.results))
                .put("rss_mb", Figures.rounded(server.residentMegabytes(), 1));
        if (server.hasHelpers()) {
            figures.put("helpers_cores", Figures.rounded(helpers / seconds, 3));
        }
        return figures.put("generator_cores", Figures.rounded(own / seconds, 3))
                .put("generator_lag_ms", tally.lag.figures())
                .put("skipped", tally.skipped)
                .put("other_cores", Figures.rounded(others, 2))
                .put("rebases", tally.rebases)
                .put("discards", tally.discards)
                .put("closed", tally.closed)
                .put("rejected", tally.rejected)
                .put("reasons", tally.reasonFigures());
    }

    /** The changes that were read, however many of them had become one patch. */
    private static long seen(Tally tally) {
        return Math.max(tally.presence.total(), tally.document.total());
    }

    private static double ownCpuSeconds() {
        return OURSELVES.getProcessCpuTime() / 1e9;
    }
}

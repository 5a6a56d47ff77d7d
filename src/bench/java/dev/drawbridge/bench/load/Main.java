package dev.drawbridge.bench.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * Runs scenarios against a server, or against two by turns, and prints each run as one line of JSON. What its members
 * mean is said in {@code docs/PERFORMANCE.md}.
 */
final class Main {
    private static final String USAGE = """
            usage: [scenario[:size] ...] [--seconds 15] [--warm 2] [--repeat 1] ...
              fanout:50 rooms:300 saturate:50 lone:1 bigroom:10000 storm:2000 idle:1000 crowd:10000 spectators:100 start
              --url ws://HOST:PORT --pid PID[+PID]   a server that runs already; else one is started
              --doors PORT[+PORT]                    further servers of its cluster
              --vs ws://HOST:PORT,PID,LABEL          another beside it: they are measured in the order A B B A
            All options are in docs/PERFORMANCE.md.""";

    private static final double QUIET_PATIENCE = 120;

    private final Options options;

    private Main(Options options) {
        this.options = options;
    }

    public static void main(String... arguments) throws IOException {
        Options options;
        try {
            options = Options.of(arguments);
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage() + "\n" + USAGE);
            System.exit(2);
            return;
        }
        if (options.scenarios().isEmpty()) {
            System.err.println(USAGE);
            System.exit(2);
        }
        new Main(options).run();
        System.exit(0); // threads of the pool may still be at work
    }

    private void run() throws IOException {
        List<Planned> plan = options.scenarios().stream().map(Planned::of).toList();
        for (Planned planned : plan) {
            if (planned.scenario.startsServer()) {
                Target none = new Target("drawbridge", "", 0, "", List.of());
                for (int i = 0; i < options.count("repeat").orElse(1); i++) {
                    var _ = once(planned, none);
                }
            } else if (options.text("url").isPresent()) {
                Target attached = Target.of(
                        options.text("url").get(),
                        options.text("pid").orElse(""),
                        options.text("label").orElse("drawbridge"));
                measure(planned, attached.with(options.doors()));
            } else {
                try (OwnServer server = OwnServer.start(options)) {
                    warmUp(server.target());
                    measure(planned, server.target());
                }
            }
        }
    }

    /** A scenario of the command line, with its size. */
    private record Planned(String name, Scenario scenario, int size) {
        static Planned of(String described) {
            String[] parts = described.split(":", -1);
            Scenario scenario = Scenarios.of(parts[0]);
            int size = parts.length > 1 ? Integer.parseInt(parts[1]) : scenario.usual();
            return new Planned(parts[0] + ":" + size, scenario, size);
        }
    }

    /** A server that has just started is compiled first, as it would be after a minute of work. */
    private void warmUp(Target target) throws IOException {
        double seconds = options.number("warm-up").orElse(15);
        if (seconds > 0) {
            say("warming up for " + seconds + " s");
            Options brief = Options.of("--seconds", Double.toString(seconds), "--warm", "0");
            var _ = new Saturate().run(new Run(target, brief, 20));
        }
    }

    private void measure(Planned planned, Target first) throws IOException {
        int repeat = options.count("repeat").orElse(1);
        List<Target> order = new ArrayList<>();
        Target other = options.text("vs").map(vs -> Target.of(vs, "other")).orElse(first);
        for (int i = 0; i < repeat; i++) {
            order.addAll(other == first ? List.of(first) : List.of(first, other, other, first));
        }
        Map<Target, List<Figures>> all = new LinkedHashMap<>();
        for (Target target : order) {
            all.computeIfAbsent(target, key -> new ArrayList<>()).add(once(planned, target));
        }
        if (other != first) {
            print(compare(planned, first, other, all));
        }
    }

    private Figures once(Planned planned, Target target) throws IOException {
        waitForQuiet();
        say(planned.name + " on " + target.label());
        Figures figures = new Figures()
                .put("scenario", planned.name)
                .put("label", target.label())
                .put("at", Instant.now().toString())
                .put("cores", Runtime.getRuntime().availableProcessors())
                .putAll(planned.scenario.run(new Run(target, options, planned.size)));
        print(figures);
        return figures;
    }

    /** The mean of the one's runs divided by the mean of the other's. */
    private static Figures compare(Planned planned, Target first, Target other, Map<Target, List<Figures>> all) {
        Figures ratios = new Figures();
        for (String path : planned.scenario.compared()) {
            double mine = mean(all.getOrDefault(first, List.of()), path);
            double others = mean(all.getOrDefault(other, List.of()), path);
            ratios.put(path, Figures.rounded(mine / others, 3));
        }
        return new Figures()
                .put("scenario", planned.name)
                .put("ratio", first.label() + "/" + other.label())
                .put("of", ratios);
    }

    private static double mean(List<Figures> runs, String path) {
        return runs.stream()
                .map(figures -> figures.number(path))
                .filter(OptionalDouble::isPresent)
                .mapToDouble(OptionalDouble::getAsDouble)
                .average()
                .orElse(Double.NaN);
    }

    /** Others on the machine would be measured as well. */
    private void waitForQuiet() {
        OptionalDouble most = options.number("quiet");
        if (most.isEmpty()) {
            return;
        }
        long start = System.nanoTime();
        double cores;
        do {
            Machine before = Machine.now();
            Pause.seconds(1.5);
            cores = Machine.now().coresSince(before);
        } while (cores > most.getAsDouble() && System.nanoTime() - start < QUIET_PATIENCE * 1e9);
        if (cores > most.getAsDouble()) {
            say("the machine is not quiet: " + Figures.rounded(cores, 2) + " cores are at work");
        }
    }

    private void print(Figures figures) throws IOException {
        String line = figures.json() + "\n";
        System.out.print(line);
        Path out = options.out().toAbsolutePath();
        Path folder = out.getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        Files.writeString(out, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private static void say(String what) {
        System.err.println(what);
    }
}

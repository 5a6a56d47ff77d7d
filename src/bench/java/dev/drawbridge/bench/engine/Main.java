package dev.drawbridge.bench.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/**
 * Runs the benchmarks, all or those that are named, with JMH's own options; the results go to {@code
 * target/bench/engine.json}.
 */
final class Main {
    private Main() {}

    public static void main(String... arguments) throws RunnerException, CommandLineOptionException, IOException {
        Path result = Path.of("target", "bench", "engine.json");
        Files.createDirectories(result.getParent());
        var _ = new Runner(new OptionsBuilder()
                        .parent(new CommandLineOptions(arguments))
                        .jvmArgs("-Xmx1g", "--enable-native-access=ALL-UNNAMED")
                        .addProfiler(GCProfiler.class)
                        .shouldFailOnError(true)
                        .resultFormat(ResultFormatType.JSON)
                        .result(result.toString())
                        .build())
                .run();
    }
}

package dev.drawbridge.bench.load;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/** What was written on the command line: scenarios, and {@code --name value}. */
record Options(List<String> scenarios, Map<String, String> named) {
    private static final List<String> KNOWN = List.of(
            "url", "doors", "pid", "label", "vs", "seconds", "warm", "threads", "hz", "per", "window", "at-once",
            "repeat", "quiet", "out", "jar", "jvm", "server", "warm-up");

    static Options of(String... arguments) {
        List<String> scenarios = new ArrayList<>();
        Map<String, String> named = new LinkedHashMap<>();
        for (int i = 0; i < arguments.length; i++) {
            if (!arguments[i].startsWith("--")) {
                scenarios.add(arguments[i]);
                continue;
            }
            String name = arguments[i].substring(2);
            if (!KNOWN.contains(name)) {
                throw new IllegalArgumentException("no option --" + name + ", but " + KNOWN);
            }
            if (++i == arguments.length) {
                throw new IllegalArgumentException("--" + name + " lacks its value");
            }
            named.put(name, arguments[i]);
        }
        return new Options(scenarios, named);
    }

    /** The ports of further servers. */
    List<Integer> doors() {
        return text("doors").stream()
                .flatMap(ports -> Arrays.stream(ports.split("\\+", -1)))
                .map(Integer::valueOf)
                .toList();
    }

    Optional<String> text(String name) {
        return Optional.ofNullable(named.get(name));
    }

    OptionalInt count(String name) {
        return text(name).map(Integer::valueOf).map(OptionalInt::of).orElse(OptionalInt.empty());
    }

    OptionalDouble number(String name) {
        return text(name).map(Double::valueOf).map(OptionalDouble::of).orElse(OptionalDouble.empty());
    }

    /** What is measured. */
    Duration window() {
        return seconds("seconds", 15);
    }

    /** What goes before it with the same load. */
    Duration warm() {
        return seconds("warm", 2);
    }

    int threads() {
        return count("threads").orElse(1);
    }

    Duration seconds(String name, double otherwise) {
        return Duration.ofMillis((long) (1_000 * number(name).orElse(otherwise)));
    }

    List<String> words(String name, String otherwise) {
        String text = text(name).orElse(otherwise).strip();
        return text.isEmpty() ? List.of() : List.of(text.split("\\s+"));
    }

    Path out() {
        return Path.of(text("out").orElse("target/bench/load.jsonl"));
    }
}

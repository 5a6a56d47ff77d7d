package dev.drawbridge.bench.load;

import java.util.Map;

/** All scenarios by their names. */
final class Scenarios {
    private static final Map<String, Scenario> ALL = Map.of(
            "fanout", new Fanout(),
            "rooms", new Rooms(),
            "saturate", new Saturate(),
            "lone", new Lone(),
            "bigroom", new BigRoom(),
            "storm", new Storm(),
            "idle", new Idle(),
            "crowd", new Crowd(),
            "spectators", new Spectators(),
            "start", new Start());

    private Scenarios() {}

    static Scenario of(String name) {
        Scenario scenario = ALL.get(name);
        if (scenario == null) {
            throw new IllegalArgumentException("no scenario " + name);
        }
        return scenario;
    }
}

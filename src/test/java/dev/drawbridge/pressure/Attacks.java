package dev.drawbridge.pressure;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The attacks in the order in which they are run; CONTRIBUTING.md lists them by their names. */
final class Attacks {
    private final Consumer<String> measured;

    /** @param measured is told what an attack has measured that is not in the table of all */
    Attacks(Consumer<String> measured) {
        this.measured = measured;
    }

    List<PlannedAttack> all() {
        return List.of(
                PlannedAttack.of(
                        "nested-numbers",
                        "reads numbers that are too large at the cost of their text",
                        new NestedNumbers()),
                PlannedAttack.of("wide-trees", "answers messages whose trees would take all the heap", new WideTrees()),
                PlannedAttack.of("too-long", "refuses a message of 40 million characters", new TooLongMessage()),
                PlannedAttack.of(
                        "large-records", "answers an import of 240 records of a megabyte", records(240, 1_000_000)),
                PlannedAttack.of("many-records", "answers an import of 199,990 shapes", records(199_990, 0)),
                PlannedAttack.of(
                        "replacements",
                        "replaces a room in which people draw by large documents of an older schema",
                        new LargeReplacement()),
                PlannedAttack.of(
                        "unfinished", "bounds what it keeps of messages that never end", new UnfinishedMessages()),
                PlannedAttack.of("large-paste", "stores large pastes in a room of slow receivers", new LargePaste()),
                PlannedAttack.of("viewer-presence", "refuses a presence of five megabytes", new ViewerPresence()),
                PlannedAttack.of(
                        "room-of-12-mb",
                        "lets ten at once into a room of 12 MB in which people draw",
                        new LargeRoom(12, 2)),
                PlannedAttack.of("room-of-30-mb", "lets ten at once into a room of 30 MB", new LargeRoom(30, 5))
                        .onlyInLongForm(),
                PlannedAttack.of("stalled-store", "loses nothing when the store stalls", new StalledStore(measured))
                        .stalling(StalledStore.SECONDS),
                PlannedAttack.of("many-joins", "lets a whole auditorium into one room", new ManyJoins(measured)),
                PlannedAttack.of("older-clients", "lets many clients of older releases in at once", new OlderClients()),
                PlannedAttack.of("long-string", "answers a string of ten megabytes", push(Attacks::longString)),
                PlannedAttack.of("million-keys", "answers an object with a million keys", push(Attacks::millionKeys)),
                PlannedAttack.of("many-puts", "answers 50,000 puts in one push", push(Attacks::manyPuts)),
                PlannedAttack.of("growing-record", "bounds a record that grows by appends", new GrowingRecord()),
                PlannedAttack.of("unsent-bodies", "answers others while bodies do not come", new UnsentBodies()),
                PlannedAttack.of(
                        "flood",
                        "stops a client that sends as fast as it can, or keeps up with it",
                        new Flood(measured)),
                PlannedAttack.of("loading-rooms", "stays ready while large rooms are loaded", new LoadingRooms()),
                PlannedAttack.of(
                        "unload-loop",
                        "keeps what was acknowledged when the room is unloaded",
                        new UnloadLoop(measured)),
                PlannedAttack.of(
                        "random-cuts", "sends well-formed frames to those it cuts off", new RandomCuts(measured)),
                PlannedAttack.of("slow-upload", "stores what takes long to upload", new SlowUpload()),
                PlannedAttack.of(
                                "too-many-sockets",
                                "turns away who is too many, and answers health",
                                new TooManySockets())
                        .with("--drawbridge.limits.connections=" + TooManySockets.LIMIT));
    }

    private static Attack records(int count, int padding) {
        return new LargeImport(new Shapes(count, padding));
    }

    private static Attack push(Supplier<String> diff) {
        return new LargePush(diff);
    }

    private static String longString() {
        return Diffs.putPage("page:long", "{\"s\":\"" + "x".repeat(10_000_000) + "\"}");
    }

    private static String millionKeys() {
        return Diffs.putPage(
                "page:keys",
                IntStream.range(0, 1_000_000)
                        .mapToObj(i -> "\"" + i + "\":0")
                        .collect(Collectors.joining(",", "{", "}")));
    }

    private static String manyPuts() {
        return Diffs.putPages(50_000, i -> "page:put" + i, "{}");
    }
}

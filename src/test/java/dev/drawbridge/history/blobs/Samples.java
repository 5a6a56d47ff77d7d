package dev.drawbridge.history.blobs;

import dev.drawbridge.history.BlockKey;
import dev.drawbridge.history.Reason;
import dev.drawbridge.history.Version;
import dev.drawbridge.history.VersionId;
import dev.drawbridge.history.VersionStore;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Versions as tests need them. */
final class Samples {
    static final String ROOM = "room";
    private static final Instant START = Instant.parse("2026-03-01T10:00:00Z");

    private Samples() {}

    static VersionId id(int number) {
        return VersionId.at(START.plusSeconds(number), number);
    }

    static Version version(int number) {
        return new Version(id(number), START, number, Optional.empty(), Reason.AUTO, List.of(), 1, 2, "0".repeat(64));
    }

    static Version named(int number, String name) {
        return version(number).named(Optional.of(name));
    }

    static BlockKey whole(int number) {
        return new BlockKey(id(number), Optional.empty());
    }

    static BlockKey from(int number, int base) {
        return new BlockKey(id(number), Optional.of(id(base)));
    }

    static byte[] block(int number) {
        return ("content of " + number).getBytes(StandardCharsets.UTF_8);
    }

    static void add(VersionStore store, int number) {
        store.add(ROOM, version(number), whole(number), block(number));
    }
}

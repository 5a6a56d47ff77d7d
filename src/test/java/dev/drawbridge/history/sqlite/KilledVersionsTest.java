package dev.drawbridge.history.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.history.BlockKey;
import dev.drawbridge.history.Version;
import dev.drawbridge.history.VersionId;
import dev.drawbridge.history.VersionStore;
import dev.drawbridge.history.VersionStore.Block;
import dev.drawbridge.history.VersionStore.Usage;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that writes versions is killed, at any instant, again and again. */
class KilledVersionsTest {
    private static final Duration LONG_ENOUGH = Duration.ofSeconds(14);
    private static final int MOST_ROUNDS = 20;
    private static final int MOST_NANOS = 10_000_000;

    @TempDir
    private Path folder;

    private final Set<VersionId> listed = new HashSet<>();
    private final Set<VersionId> named = new HashSet<>();
    private final Map<BlockKey, Boolean> blocks = new HashMap<>();
    /** What was begun and not said to be done: either is right. */
    private Optional<String> open = Optional.empty();

    @Test
    @DisplayName(
            "[1, 2] What it had said was done is there, and every version that is listed has a block as it was written")
    void killed() throws Exception {
        Path path = folder.resolve("rooms.versions.db");
        long seed = ThreadLocalRandom.current().nextLong();
        Random random = new Random(seed);
        long start = System.nanoTime();
        int done = 0;
        for (int round = 0; round < MOST_ROUNDS && System.nanoTime() - start < LONG_ENOUGH.toNanos(); round++) {
            String room = "room-" + round; // a new one each time: the writer knows what it has made itself
            listed.clear();
            named.clear();
            blocks.clear();
            if (round % 2 == 0) {
                done += writeAndKill(path, room, random, () -> {});
            } else {
                done += writeBeside(path, room, random);
            }
            try (VersionStore store = SqliteVersionStore.open(path)) {
                assertAllIsThere(store, room, "seed " + seed + ", round " + round + ", open " + open);
            }
        }
        assertThat(done).as("writes that were said to be done").isPositive();
    }

    /** The same while this process writes too, and has the file open when the other one is killed. */
    private int writeBeside(Path path, String room, Random random) throws IOException, InterruptedException {
        String mine = "beside " + room;
        List<VersionId> written = new ArrayList<>(List.of(VersionId.at(Instant.EPOCH, 0)));
        try (VersionStore store = SqliteVersionStore.open(path)) {
            int done = writeAndKill(path, room, random, () -> {
                VersionId id = written.getLast().next(Instant.EPOCH, 0);
                BlockKey key = new BlockKey(id, Optional.empty());
                store.add(mine, VersionWriting.version(id, Optional.empty()), key, VersionWriting.content(key));
                written.add(id);
            });
            assertThat(store.ids(mine)).isEqualTo(written.subList(1, written.size()));
            return done;
        }
    }

    /**
     * Starts a writer, kills it at some instant after it has begun, and says how much it had done.
     *
     * @param beside what is done here now and then meanwhile
     */
    private int writeAndKill(Path path, String room, Random random, Runnable beside)
            throws IOException, InterruptedException {
        int limit = 1 + random.nextInt(100);
        Process writer = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        VersionWriting.class.getName(),
                        path.toString(),
                        room,
                        Long.toString(random.nextLong()))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        int heard = 0;
        int done = 0;
        open = Optional.empty();
        try (BufferedReader said = writer.inputReader()) {
            for (String line = said.readLine(); line != null; line = said.readLine()) {
                done += hear(line) ? 1 : 0;
                heard++;
                if (heard % 10 == 0) {
                    beside.run();
                }
                if (heard == limit) {
                    // Whatever it does in the next moment: what it has just said is always the beginning or end of a
                    // write.
                    LockSupport.parkNanos(random.nextInt(MOST_NANOS));
                    // It goes on until the signal has come. By its handle: the process itself would close what it has
                    // said.
                    writer.toHandle().destroyForcibly();
                }
            }
        } finally {
            writer.destroyForcibly();
        }
        assertThat(writer.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(heard).as("what the writer said before it ended").isGreaterThanOrEqualTo(limit);
        return done;
    }

    /** Takes to heart what the writer says, and tells whether something was done. A line that is cut off tells nothing. */
    private boolean hear(String line) {
        String[] words = line.split(" ", -1);
        if (words.length != 4
                || VersionId.of(words[2]).isEmpty()
                || (words[3].length() != 1 && words[3].length() != 19)) {
            return false;
        }
        BlockKey key = key(line);
        if (words[0].equals("will")) {
            open = Optional.of(line);
            return false;
        }
        open = Optional.empty();
        switch (words[1]) {
            case "add" -> {
                listed.add(key.version());
                blocks.put(key, true);
            }
            case "name" -> named.add(key.version());
            case "put" -> blocks.put(key, true);
            case "drop" -> blocks.put(key, false);
            case "remove" -> {
                listed.remove(key.version());
                named.remove(key.version());
            }
            default -> throw new AssertionError(line);
        }
        return true;
    }

    private static BlockKey key(String line) {
        String[] words = line.split(" ", -1);
        return new BlockKey(new VersionId(words[2]), VersionId.of(words[3]));
    }

    private void assertAllIsThere(VersionStore store, String room, String where) {
        Set<VersionId> ids = new HashSet<>(store.ids(room));
        List<Block> kept = store.blocks(room);
        Optional<BlockKey> inDoubt = open.map(KilledVersionsTest::key);
        long bytes = 0;
        Set<VersionId> readable = new HashSet<>();
        Set<BlockKey> keys = new HashSet<>();
        for (Block block : kept) {
            assertThat(store.block(room, block.key())).as(where).contains(VersionWriting.content(block.key()));
            bytes += block.size();
            readable.add(block.key().version());
            keys.add(block.key());
        }
        assertThat(readable).as(where).containsAll(ids);
        assertThat(store.usage(room)).as(where).isEqualTo(new Usage(ids.size(), bytes));

        assertThat(without(ids, inDoubt)).as(where).isEqualTo(without(listed, inDoubt));
        blocks.forEach((key, there) -> {
            if (!inDoubt.equals(Optional.of(key))) {
                assertThat(keys.contains(key)).as("%s: %s", where, key).isEqualTo(there);
            }
        });
        for (VersionId id : ids) {
            Optional<String> name = store.version(room, id).flatMap(Version::name);
            if (!inDoubt.map(BlockKey::version).equals(Optional.of(id))) {
                assertThat(name.isPresent()).as("%s: %s", where, id).isEqualTo(named.contains(id));
            }
        }
    }

    private static Set<VersionId> without(Set<VersionId> ids, Optional<BlockKey> inDoubt) {
        Set<VersionId> others = new HashSet<>(ids);
        inDoubt.map(BlockKey::version).ifPresent(others::remove);
        return others;
    }
}

package dev.drawbridge.history.sqlite;

import dev.drawbridge.history.BlockKey;
import dev.drawbridge.history.Reason;
import dev.drawbridge.history.Version;
import dev.drawbridge.history.VersionId;
import dev.drawbridge.history.VersionStore;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * Another process that writes versions of a room until it is killed, and says each thing before it does it and after:
 * {@code will add <id> <base>} and {@code done add <id> <base>}. What it writes follows from the ids.
 */
final class VersionWriting {
    private final VersionStore store;
    private final String room;
    private final Random random;
    private final List<BlockKey> listed = new ArrayList<>();
    private VersionId last;

    private VersionWriting(VersionStore store, String room, long seed) {
        this.store = store;
        this.room = room;
        this.random = new Random(seed);
        List<VersionId> ids = store.ids(room);
        this.last = ids.isEmpty() ? VersionId.at(Instant.EPOCH, 0) : ids.getLast();
    }

    public static void main(String[] args) {
        try (VersionStore store = SqliteVersionStore.open(Path.of(args[0]))) {
            VersionWriting writing = new VersionWriting(store, args[1], Long.parseLong(args[2]));
            while (!Thread.currentThread().isInterrupted()) {
                writing.step();
            }
        }
    }

    static Version version(VersionId id, Optional<String> name) {
        return new Version(id, Instant.EPOCH, 1, name, Reason.AUTO, List.of(), 1, 1, "0".repeat(64));
    }

    /** From nothing to some hundred kilobytes. */
    static byte[] content(BlockKey key) {
        Random random = new Random(key.hashCode());
        byte[] content = new byte[1 << random.nextInt(19)];
        random.nextBytes(content);
        return content;
    }

    private void step() {
        int chance = random.nextInt(10);
        if (listed.size() < 5 || chance < 4) {
            last = last.next(Instant.EPOCH, random.nextInt());
            BlockKey key = listed.isEmpty() || random.nextBoolean()
                    ? new BlockKey(last, Optional.empty())
                    : new BlockKey(last, Optional.of(listed.getLast().version()));
            saying("add", key, () -> store.add(room, version(last, Optional.empty()), key, content(key)));
            listed.add(key);
            return;
        }
        int index = random.nextInt(listed.size());
        BlockKey key = listed.get(index);
        if (chance < 6) {
            saying("name", key, () -> store.update(room, version(key.version(), Optional.of("a name"))));
        } else if (chance < 8) {
            BlockKey rewritten =
                    new BlockKey(key.version(), Optional.of(listed.getFirst().version()));
            saying("put", rewritten, () -> store.putBlock(room, rewritten, content(rewritten)));
            if (!rewritten.equals(key)) {
                saying("drop", key, () -> store.removeBlock(room, key));
                listed.set(index, rewritten);
            }
        } else {
            saying("remove", key, () -> store.remove(room, key.version()));
            saying("drop", key, () -> store.removeBlock(room, key));
            listed.remove(index);
        }
    }

    private static void saying(String what, BlockKey key, Runnable write) {
        String words = what + " " + key.version() + " "
                + key.base().map(VersionId::text).orElse("-");
        System.out.println("will " + words);
        write.run();
        System.out.println("done " + words);
    }
}

package dev.drawbridge.store.redis;

import dev.drawbridge.room.DocumentChange;
import dev.drawbridge.room.StoredRecord;
import dev.drawbridge.store.Ownership;
import dev.drawbridge.store.StorageKey;
import dev.drawbridge.store.StoreException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What {@code commit.lua} is given, in its order. */
final class CommitArguments {
    /** Redis cuts the connection that sends more; the keys and some more are counted in. */
    private static final int MOST = 1_000_000;

    private final List<byte[]> arguments = new ArrayList<>();

    static byte[][] of(Ownership owner, DocumentChange change, String schema, long now) {
        CommitArguments all = new CommitArguments();
        all.add(owner.epoch());
        all.add(owner.token());
        all.add(change.previousClock());
        all.add(change.clock());
        all.add(change.historyStartsAtClock());
        all.add(schema);
        all.add(now);
        all.add(change.size().bytes());
        all.add(change.puts().size());
        all.add(change.tombstones().size());
        all.add(change.prunedTombstones().size());
        for (StoredRecord put : change.puts()) {
            all.add(StorageKey.of(put.id()));
            all.arguments.add(DocumentValue.of(put));
        }
        for (Map.Entry<String, Long> tombstone : change.tombstones().entrySet()) {
            all.add(tombstone.getValue());
            all.add(StorageKey.of(tombstone.getKey()));
        }
        for (String id : change.prunedTombstones()) {
            all.add(StorageKey.of(id));
        }
        if (all.arguments.size() > MOST) {
            throw new StoreException("a change of " + change.puts().size() + " records is too large for Redis");
        }
        return all.arguments.toArray(byte[][]::new);
    }

    private void add(long number) {
        add(Long.toString(number));
    }

    private void add(String text) {
        arguments.add(text.getBytes(StandardCharsets.UTF_8));
    }
}

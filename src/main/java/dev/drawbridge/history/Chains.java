package dev.drawbridge.history;

import dev.drawbridge.history.chain.BlockFormat;
import dev.drawbridge.history.chain.DamagedBlockException;
import dev.drawbridge.history.chain.Manifest;
import dev.drawbridge.history.chain.NoRoomException;
import dev.drawbridge.history.chain.Replay;
import dev.drawbridge.host.RoomCommandException;
import dev.drawbridge.room.RoomSnapshot;
import dev.drawbridge.room.StoredRecord;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongPredicate;

/**
 * Reads versions: from a whole block up, one block after the other, and then looks whether it is what was written. When a
 * block is not there any more, because the way has been rebuilt meanwhile, or is damaged, another way is tried.
 */
final class Chains {
    private final VersionStore store;

    Chains(VersionStore store) {
        this.store = store;
    }

    /** The manifest of what a replay has come to. */
    @FunctionalInterface
    private interface Summary<T> {
        Manifest of(Replay<T> replay) throws DamagedBlockException;
    }

    private record Read<T>(Replay<T> replay, Manifest manifest, List<VersionStore.Block> way) {}

    /** The document that a version shows. */
    RoomSnapshot content(String roomId, Version version, LongPredicate allowance)
            throws VersionException, RoomCommandException {
        Read<StoredRecord> read = read(roomId, version, Replay.ofRecords(allowance), Replay::manifest);
        return snapshot(version, read.replay(), roomId);
    }

    /** What a version is as a base; its records are not kept for that. */
    Base base(String roomId, Version version, LongPredicate allowance) throws VersionException, RoomCommandException {
        Read<byte[]> read = read(roomId, version, Replay.ofHashes(allowance), Replay::manifestOfHashes);
        return Base.of(version.id(), read.manifest(), read.way());
    }

    private static RoomSnapshot snapshot(Version version, Replay<StoredRecord> replay, String roomId)
            throws VersionException {
        try {
            return new RoomSnapshot(
                    List.copyOf(replay.records()), Map.of(), version.clock(), version.clock(), replay.schema());
        } catch (DamagedBlockException e) {
            throw damaged(roomId, version, e);
        }
    }

    private <T> Read<T> read(String roomId, Version version, Replay<T> replay, Summary<T> summary)
            throws VersionException, RoomCommandException {
        Set<BlockKey> useless = new HashSet<>();
        String why = "nothing of it is there";
        while (true) {
            List<VersionStore.Block> blocks = store.blocks(roomId).stream()
                    .filter(block -> !useless.contains(block.key()))
                    .toList();
            Optional<List<VersionStore.Block>> way = new ChainMap(blocks, id -> false).way(version.id());
            if (way.isEmpty()) {
                throw new VersionException.Damaged(roomId, version.id(), why);
            }
            replay.clear();
            BlockKey last = way.get().getLast().key();
            try {
                for (VersionStore.Block block : way.get()) {
                    last = block.key();
                    apply(roomId, last, replay);
                }
                return new Read<>(replay, checked(summary.of(replay), version), way.get());
            } catch (DamagedBlockException e) {
                useless.add(last);
                why = String.valueOf(e.getMessage());
            } catch (NoRoomException e) {
                throw RoomCommandException.Unavailable.noMemory();
            }
        }
    }

    private void apply(String roomId, BlockKey key, Replay<?> replay) throws DamagedBlockException {
        byte[] block = store.block(roomId, key)
                .orElseThrow(() -> new DamagedBlockException("a block is not there: " + key.version()));
        BlockFormat.read(block, replay);
    }

    private static Manifest checked(Manifest manifest, Version version) throws DamagedBlockException {
        if (!manifest.sha256().equals(version.sha256())) {
            throw new DamagedBlockException("its hash is another");
        }
        return manifest;
    }

    private static VersionException damaged(String roomId, Version version, DamagedBlockException why) {
        return new VersionException.Damaged(roomId, version.id(), String.valueOf(why.getMessage()));
    }

    /**
     * Goes from version to version, the oldest first: from one to the next only what is between them is read.
     *
     * <p>For one thread.
     */
    final class Walk {
        private final String roomId;
        private final ChainMap map;
        private final Replay<StoredRecord> replay;
        private Optional<VersionId> at = Optional.empty();

        Walk(String roomId, ChainMap map, LongPredicate allowance) {
            this.roomId = roomId;
            this.map = map;
            this.replay = Replay.ofRecords(allowance);
        }

        /**
         * Goes to a version, and gives what it is as a base.
         *
         * @throws VersionException.Damaged when it is; the walk may go on
         */
        Base to(Version version) throws VersionException, RoomCommandException {
            List<VersionStore.Block> way = map.way(version.id())
                    .orElseThrow(() -> new VersionException.Damaged(roomId, version.id(), "nothing of it is there"));
            try {
                for (VersionStore.Block block : way.subList(common(way), way.size())) {
                    apply(roomId, block.key(), replay);
                }
                Base base = Base.of(version.id(), checked(Replay.manifest(replay), version), way);
                at = Optional.of(version.id());
                return base;
            } catch (DamagedBlockException e) {
                at = Optional.empty();
                throw damaged(roomId, version, e);
            } catch (NoRoomException e) {
                throw RoomCommandException.Unavailable.noMemory();
            }
        }

        /** How many blocks of a way need not be applied any more; else the replay begins anew. */
        private int common(List<VersionStore.Block> way) {
            for (int i = 0; i < way.size(); i++) {
                if (at.isPresent() && way.get(i).key().version().equals(at.get())) {
                    return i + 1;
                }
            }
            replay.clear();
            return 0;
        }

        /** The document of the version that it has gone to. */
        RoomSnapshot content(Version version) throws VersionException {
            return snapshot(version, replay, roomId);
        }
    }

    Walk walk(String roomId, ChainMap map, LongPredicate allowance) {
        return new Walk(roomId, map, allowance);
    }
}

package dev.drawbridge.history;

import dev.drawbridge.host.ByteLoan;
import dev.drawbridge.host.HostClock;
import dev.drawbridge.host.RoomCommandException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes away blocks that no listed version is read by. First each version that is read by way of one that is not listed any more
 * gets a block of its own, which differs from the nearest one that is; then what nobody needs goes. So every listed version can
 * be read after each step.
 *
 * <p>Somebody on another node may be about to write a version that differs from the newest one he has seen. So a block stays
 * until a listed version that came after it is old enough: whoever has begun since then has seen that one.
 */
final class Compactor {
    private static final Logger log = LoggerFactory.getLogger(Compactor.class);

    /** So long others wait for their turn at most, and for one block more. */
    private static final Duration A_TURN = Duration.ofSeconds(1);

    private final Archive archive;
    private final VersionStore store;
    private final HostClock clock;

    Compactor(Archive archive, HostClock clock) {
        this.archive = archive;
        this.store = archive.store();
        this.clock = clock;
    }

    /** What a room's versions take, without what nobody needs. */
    long bytes(String roomId) {
        List<VersionId> listed = store.ids(roomId);
        List<VersionStore.Block> blocks = store.blocks(roomId);
        Set<BlockKey> needed = map(blocks, Set.copyOf(listed)).needed(listed);
        return blocks.stream()
                .filter(block -> needed.contains(block.key()))
                .mapToLong(VersionStore.Block::size)
                .sum();
    }

    void compact(String roomId) throws VersionException, RoomCommandException {
        Set<VersionId> unreadable = new HashSet<>();
        while (archive.turn().take(() -> rewrite(roomId, unreadable))) {}
        archive.turn().take(() -> {
            removeUnneeded(roomId);
            return roomId;
        });
    }

    private static ChainMap map(List<VersionStore.Block> blocks, Set<VersionId> listed) {
        return new ChainMap(blocks, version -> !listed.contains(version));
    }

    /** Gives versions new blocks, the oldest first, and says whether it has stopped before it was done. */
    private boolean rewrite(String roomId, Set<VersionId> unreadable) throws RoomCommandException {
        List<VersionId> listed = store.ids(roomId);
        List<VersionStore.Block> blocks = store.blocks(roomId);
        ChainMap map = map(blocks, Set.copyOf(listed));
        long begun = clock.millis();
        Set<VersionId> reached = new HashSet<>();
        Optional<VersionId> before = Optional.empty();
        Optional<Base> base = Optional.empty();
        int rewritten = 0;
        try (ByteLoan loan = archive.loan()) {
            Chains.Walk walk = archive.chains().walk(roomId, map, loan::tryTake);
            for (VersionId id : listed) {
                if (unreadable.contains(id)) {
                    continue;
                }
                if (map.isOn(id, reached)) {
                    base = Optional.empty();
                } else if (rewritten > 0 && clock.millis() - begun >= A_TURN.toMillis()) {
                    return true;
                } else {
                    if (base.isEmpty() && before.isPresent()) {
                        base = visited(roomId, before.get(), walk, unreadable);
                    }
                    base = rewritten(roomId, id, walk, base, unreadable);
                    rewritten++;
                }
                if (!unreadable.contains(id)) {
                    reached.add(id);
                    before = Optional.of(id);
                }
            }
        }
        return false;
    }

    private Optional<Base> visited(String roomId, VersionId id, Chains.Walk walk, Set<VersionId> unreadable)
            throws RoomCommandException {
        Optional<Version> version = store.version(roomId, id);
        try {
            return version.isPresent() ? Optional.of(walk.to(version.get())) : Optional.empty();
        } catch (VersionException e) {
            unreadable.add(id);
            log.warn("{}. It stays as it is", e.getMessage());
            return Optional.empty();
        }
    }

    /** The version is a base for the next one, by its new block. */
    private Optional<Base> rewritten(
            String roomId, VersionId id, Chains.Walk walk, Optional<Base> base, Set<VersionId> unreadable)
            throws RoomCommandException {
        Optional<Version> version = store.version(roomId, id);
        if (version.isEmpty()) {
            return base; // it was deleted meanwhile
        }
        try {
            Base asRead = walk.to(version.get());
            NewBlock block = NewBlock.of(id, walk.content(version.get()), asRead.manifest(), base);
            store.putBlock(roomId, block.key(), block.bytes());
            return Optional.of(block.asBase());
        } catch (VersionException e) {
            unreadable.add(id);
            log.warn("{}. It stays as it is", e.getMessage());
            return base;
        }
    }

    private void removeUnneeded(String roomId) {
        List<VersionStore.Block> blocks = store.blocks(roomId);
        List<VersionId> listed = store.ids(roomId);
        Optional<VersionId> settled = settled(roomId);
        if (settled.isEmpty()) {
            return;
        }
        Set<VersionId> read = new HashSet<>(listed);
        blocks.stream()
                .map(block -> block.key().version())
                .filter(version -> version.compareTo(settled.get()) > 0)
                .forEach(read::add);
        Set<BlockKey> needed = map(blocks, Set.copyOf(listed)).needed(read);
        for (VersionStore.Block block : blocks) {
            if (!needed.contains(block.key())) {
                store.removeBlock(roomId, block.key());
            }
        }
    }

    /** The newest listed version that is old enough for nobody to know an older one as the newest. */
    private Optional<VersionId> settled(String roomId) {
        Instant longAgo = clock.wall().minus(Archive.LONGEST.multipliedBy(2));
        Optional<VersionId> before = Optional.empty();
        while (true) {
            List<Version> page = store.versions(roomId, before, 50);
            for (Version version : page) {
                if (version.time().isBefore(longAgo)) {
                    return Optional.of(version.id());
                }
            }
            if (page.size() < 50) {
                return Optional.empty();
            }
            before = Optional.of(page.getLast().id());
        }
    }
}

package dev.drawbridge.history;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** Versions in the memory of a test. Closing loses nothing. */
public final class InMemoryVersionStore implements VersionStore {
    private static final Comparator<BlockKey> IN_ORDER = Comparator.comparing(BlockKey::version)
            .thenComparing(key -> key.base().map(VersionId::text).orElse(""));

    private final NavigableMap<String, Kept> rooms = new TreeMap<>();

    private static final class Kept {
        private final NavigableMap<VersionId, Version> versions = new TreeMap<>();
        private final NavigableMap<BlockKey, byte[]> blocks = new TreeMap<>(IN_ORDER);

        long bytes() {
            return blocks.values().stream().mapToLong(block -> block.length).sum();
        }
    }

    @Override
    public synchronized List<String> rooms(Optional<String> after, int limit) {
        return (after.isPresent() ? rooms.tailMap(after.get(), false) : rooms)
                .keySet().stream().limit(limit).toList();
    }

    @Override
    public synchronized List<Version> versions(String roomId, Optional<VersionId> before, int limit) {
        NavigableMap<VersionId, Version> all = of(roomId).versions;
        return (before.isPresent() ? all.headMap(before.get(), false) : all)
                .descendingMap().values().stream().limit(limit).toList();
    }

    @Override
    public synchronized Optional<Version> version(String roomId, VersionId id) {
        return Optional.ofNullable(of(roomId).versions.get(id));
    }

    @Override
    public synchronized List<VersionId> ids(String roomId) {
        return List.copyOf(of(roomId).versions.keySet());
    }

    @Override
    public synchronized List<Block> blocks(String roomId) {
        List<Block> blocks = new ArrayList<>();
        of(roomId).blocks.forEach((key, block) -> blocks.add(new Block(key, block.length)));
        return blocks;
    }

    @Override
    public synchronized Optional<byte[]> block(String roomId, BlockKey key) {
        return Optional.ofNullable(of(roomId).blocks.get(key)).map(byte[]::clone);
    }

    @Override
    public synchronized void add(String roomId, Version version, BlockKey key, byte[] block) {
        if (!key.version().equals(version.id())) {
            throw new IllegalArgumentException("the block of another version");
        }
        Kept room = rooms.computeIfAbsent(roomId, id -> new Kept());
        room.blocks.putIfAbsent(key, block.clone());
        room.versions.put(version.id(), version);
    }

    @Override
    public synchronized boolean update(String roomId, Version version) {
        return of(roomId).versions.replace(version.id(), version) != null;
    }

    @Override
    public synchronized boolean remove(String roomId, VersionId id) {
        boolean listed = of(roomId).versions.remove(id) != null;
        tidy(roomId);
        return listed;
    }

    @Override
    public synchronized void putBlock(String roomId, BlockKey key, byte[] block) {
        rooms.computeIfAbsent(roomId, id -> new Kept()).blocks.putIfAbsent(key, block.clone());
    }

    @Override
    public synchronized void removeBlock(String roomId, BlockKey key) {
        of(roomId).blocks.remove(key);
        tidy(roomId);
    }

    @Override
    public synchronized void removeRoom(String roomId) {
        rooms.remove(roomId);
    }

    @Override
    public synchronized Usage usage(String roomId) {
        Kept room = of(roomId);
        return new Usage(room.versions.size(), room.bytes());
    }

    @Override
    public synchronized Usage usage() {
        return new Usage(
                rooms.values().stream().mapToLong(room -> room.versions.size()).sum(),
                rooms.values().stream().mapToLong(Kept::bytes).sum());
    }

    @Override
    public void ping() {}

    @Override
    public String describe() {
        return "the memory of a test";
    }

    @Override
    public void close() {}

    /** What damage does to a block: these bytes are there instead. */
    public synchronized void damage(String roomId, BlockKey key, byte[] instead) {
        of(roomId).blocks.replace(key, instead);
    }

    private Kept of(String roomId) {
        Kept room = rooms.get(roomId);
        return room == null ? new Kept() : room;
    }

    private void tidy(String roomId) {
        rooms.computeIfPresent(roomId, (id, room) -> room.versions.isEmpty() && room.blocks.isEmpty() ? null : room);
    }
}

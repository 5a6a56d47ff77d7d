package dev.drawbridge.history;

import java.util.List;
import java.util.Optional;

/** Another store, of which a test changes something. Closing leaves that one open. */
public class DelegatingVersionStore implements VersionStore {
    private final VersionStore store;

    public DelegatingVersionStore(VersionStore store) {
        this.store = store;
    }

    @Override
    public List<String> rooms(Optional<String> after, int limit) {
        return store.rooms(after, limit);
    }

    @Override
    public List<Version> versions(String roomId, Optional<VersionId> before, int limit) {
        return store.versions(roomId, before, limit);
    }

    @Override
    public Optional<Version> version(String roomId, VersionId id) {
        return store.version(roomId, id);
    }

    @Override
    public List<VersionId> ids(String roomId) {
        return store.ids(roomId);
    }

    @Override
    public List<Block> blocks(String roomId) {
        return store.blocks(roomId);
    }

    @Override
    public Optional<byte[]> block(String roomId, BlockKey key) {
        return store.block(roomId, key);
    }

    @Override
    public void add(String roomId, Version version, BlockKey key, byte[] block) {
        store.add(roomId, version, key, block);
    }

    @Override
    public boolean update(String roomId, Version version) {
        return store.update(roomId, version);
    }

    @Override
    public boolean remove(String roomId, VersionId id) {
        return store.remove(roomId, id);
    }

    @Override
    public void putBlock(String roomId, BlockKey key, byte[] block) {
        store.putBlock(roomId, key, block);
    }

    @Override
    public void removeBlock(String roomId, BlockKey key) {
        store.removeBlock(roomId, key);
    }

    @Override
    public void removeRoom(String roomId) {
        store.removeRoom(roomId);
    }

    @Override
    public Usage usage(String roomId) {
        return store.usage(roomId);
    }

    @Override
    public Usage usage() {
        return store.usage();
    }

    @Override
    public void ping() {
        store.ping();
    }

    @Override
    public String describe() {
        return store.describe();
    }

    @Override
    public void close() {}
}

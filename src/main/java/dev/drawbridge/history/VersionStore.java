package dev.drawbridge.history;

import java.util.List;
import java.util.Optional;

/**
 * Keeps versions: what is known of each, and blocks of bytes, which mean nothing to it. All calls wait for their answer and are
 * meant for virtual threads; what a store cannot do now it says with a {@link VersionStoreException}, which tells nothing about
 * whether a write happened: repeat it, all writes may be repeated.
 *
 * <p>INVARIANTS, for every implementation:
 *
 * <ol>
 *   <li>A version is listed only when its block is there: after a crash at any instant, and for whoever looks meanwhile. A
 *       block may be there without its version, and is listed by {@link #blocks}.
 *   <li>When a write has answered, it survives {@code kill -9} of this process.
 *   <li>A block never changes: one that is put again under the same key is the same.
 *   <li>Several nodes may write versions of one room at the same time; no write undoes that of another.
 *   <li>What cannot be read (damage) fails when it is asked for, is left out of lists, and troubles no other version and no
 *       other room. It can be removed all the same.
 *   <li>Room ids mean nothing to the store, a path least of all.
 *   <li>Finding the versions of one room takes no look at those of others.
 * </ol>
 */
public interface VersionStore extends AutoCloseable {

    /** A block, and how many bytes it has. */
    record Block(BlockKey key, long size) {}

    /** What is kept of one room, or of all of them, in bytes as they are kept. */
    record Usage(long versions, long bytes) {}

    /** The ids of rooms of which anything is kept, in their order, from behind one on. */
    List<String> rooms(Optional<String> after, int limit);

    /**
     * Versions of a room, the newest first.
     *
     * @param before only those that were made before this one
     */
    List<Version> versions(String roomId, Optional<VersionId> before, int limit);

    /** One version of a room. */
    Optional<Version> version(String roomId, VersionId id);

    /** All ids of versions that are listed, the oldest first. Cheaper than the versions themselves. */
    List<VersionId> ids(String roomId);

    /** All blocks of a room, in the order of their versions, those without a listed version too. */
    List<Block> blocks(String roomId);

    /** A block's bytes. */
    Optional<byte[]> block(String roomId, BlockKey key);

    /** Adds a version with its block. */
    void add(String roomId, Version version, BlockKey key, byte[] block);

    /** Makes of what is known of a version what is given, and says whether there is such a version; if not, none is made. */
    boolean update(String roomId, Version version);

    /** Lists a version no more, and says whether it was listed; its blocks stay. */
    boolean remove(String roomId, VersionId id);

    /** Adds one more block for a version that is there. */
    void putBlock(String roomId, BlockKey key, byte[] block);

    /** Removes a block, if it is there. */
    void removeBlock(String roomId, BlockKey key);

    /** Removes whatever is kept of a room: its versions first. */
    void removeRoom(String roomId);

    /** What a room takes. */
    Usage usage(String roomId);

    /** What all rooms take; it may be as of some minutes ago. */
    Usage usage();

    /** Throws when the store cannot be used at the moment. */
    void ping();

    /** What it is, for people. */
    String describe();

    @Override
    void close();
}

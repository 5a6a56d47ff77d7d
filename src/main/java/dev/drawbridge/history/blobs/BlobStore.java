package dev.drawbridge.history.blobs;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Keeps blobs by keys, whose parts are divided by slashes and are short and harmless: lower-case letters, digits, and
 * {@code .-~}. All calls wait for their answer; what cannot be done now is a
 * {@link dev.drawbridge.history.VersionStoreException}, which leaves open whether a write has happened.
 *
 * <p>INVARIANTS: whoever reads finds a blob as a whole or not at all; a write that has answered survives this process; of
 * {@link #create}, {@link #replace} and {@link #delete} at the same key one comes after the other, whichever processes ask.
 */
interface BlobStore extends AutoCloseable {

    /**
     * A blob of a list.
     *
     * @param tag another one when the content has changed
     */
    record Item(String key, long size, String tag) {}

    /** Puts a blob, whatever is there. Of the same key it may be asked beside the others only with the same content. */
    void put(String key, byte[] content);

    /** Puts a blob, and does nothing when there is one. */
    void create(String key, byte[] content);

    /** Puts a blob in the place of another one. No when there is none; then there is none afterwards, too. */
    boolean replace(String key, byte[] content);

    /**
     * A blob's content.
     *
     * @throws DamagedBlobException when it has more bytes than these, or cannot be read though others can
     */
    Optional<byte[]> get(String key, int atMost);

    boolean has(String key);

    /** Deletes a blob, and says whether there was one. Two who delete it at once may both be told so. */
    boolean delete(String key);

    /** Deletes some blobs, in any order. */
    void delete(List<String> keys);

    /** Shows the blobs whose keys begin so, in the order of the keys, for as long as more are wanted. */
    void list(String prefix, Predicate<Item> wantsMore);

    /**
     * The parts of keys that follow on a prefix, where more follows on them; in order.
     *
     * @param prefix with a slash at its end
     * @param after only those behind this one; empty for all
     */
    List<String> folders(String prefix, String after, int limit);

    /** Asks something of each of some, several at a time where that is quicker; the answers in their order. */
    <T, R> List<R> atOnce(List<T> all, Function<T, R> question);

    /** Throws when nothing can be written at the moment. */
    void ping();

    /** Where it is, for people. */
    String describe();

    @Override
    void close();
}

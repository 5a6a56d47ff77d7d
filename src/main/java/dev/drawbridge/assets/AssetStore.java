package dev.drawbridge.assets;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Keeps assets: what was uploaded, and the variants that are made of it. All calls wait for their answer and are meant for
 * virtual threads; what a store cannot do now it says with an {@link AssetStoreException}, which tells nothing about whether
 * a write happened: repeat it.
 *
 * <p>INVARIANTS, for every implementation:
 *
 * <ol>
 *   <li>An asset is there with all of its content and its description, or it is not there: after a crash at any instant,
 *       after a content that breaks off, and for whoever looks meanwhile.
 *   <li>When {@code put} has answered, the asset survives {@code kill -9} of this process; what else it survives is said by
 *       each implementation.
 *   <li>Content never changes. Of several that put one id at the same time, on whichever nodes, exactly one has
 *       {@link PutResult.Stored}.
 *   <li>A content is never held in memory as a whole, however large.
 *   <li>What a put or a removal that did not come to its end leaves behind is seen by nobody, and is cleared away by itself.
 *   <li>What cannot be read (damage) fails when it is asked for, is left out of lists, and troubles no other asset.
 *       {@code delete} works on it all the same.
 *   <li>Ids are any {@link AssetId}; none of them, and no room id, means anything to the store, a path least of all.
 *   <li>Every asset of a room is in the list of its room, and finding those of one room takes no look at those of others.
 * </ol>
 */
public interface AssetStore extends AutoCloseable {

    /**
     * Takes in a content and makes it an asset. It is read to its end, and never closed.
     *
     * <p>The answer is {@link PutResult.Same} when there is an asset of this id with the same content already, which then
     * counts as touched, and {@link PutResult.Different} when there is one with another content; nothing is stored in both
     * cases.
     *
     * @param atMost the most bytes that the content may have; when it has more, it is not read further
     * @throws ContentTooLargeException when it has more; nothing is stored
     * @throws NoSpaceException when there is no space for it; nothing is stored
     * @throws IOException what reading the content throws, as it is, when it has not the announced length, or when
     *     reading broke off; nothing is stored
     */
    PutResult put(NewAsset asset, InputStream content, long atMost) throws IOException;

    /** The asset of an id. */
    Optional<Asset> find(String id);

    /**
     * Opens a part of an asset's content; empty when the asset is not there any more, or is another one of its id by now.
     * Who has opened it can read it to its end, or fails: never is there anything else in it.
     *
     * @param range within the content
     */
    Optional<InputStream> read(Asset asset, ByteRange range);

    /** Makes the asset count as touched now; the answer says whether there is one. */
    boolean touch(String id);

    /** Deletes an asset with its variants; the answer says whether there was one. */
    boolean delete(String id);

    /**
     * Deletes an asset with its variants unless it was touched, at this moment or later, which includes that it was put again;
     * the answer says whether it was deleted.
     */
    boolean deleteUntouched(String id, Instant since);

    /**
     * Lists all assets, in an order that never changes. One that is there all the time is on exactly one page.
     *
     * @param after where the page before said to go on
     * @param limit the most assets on the page, at least 1
     */
    AssetPage list(Optional<String> after, int limit);

    /** Lists the assets of a room in the same way. */
    AssetPage listOfRoom(String room, Optional<String> after, int limit);

    /**
     * What all assets take, without their variants. What other nodes have put and deleted may come some minutes late; what
     * was put and deleted here counts at once.
     */
    AssetUsage usage();

    /** What the assets of a room take, without their variants. */
    AssetUsage usageOfRoom(String room);

    /**
     * Keeps a variant with its asset, in the place of one of the same name and with the same promises; the answer is no when
     * the asset is not there any more, and then nothing is kept.
     */
    boolean putVariant(Asset asset, Variant variant, byte[] content);

    /** The variants of an asset, in the order of their names; none when the asset is not there any more. */
    List<Variant> variants(Asset asset);

    /** Opens the content of a variant; empty when the variant, or its asset, is not there any more. */
    Optional<InputStream> readVariant(Asset asset, Variant variant, ByteRange range);

    /** When the last pass began that has looked at all assets and come to its end; empty when none has. */
    Optional<Instant> lastCollected();

    /** Says when a pass began that has come to its end, for all nodes. */
    void collected(Instant begun);

    /** Ends when the store can do its work; fails when it cannot, and says why. */
    void ping();

    /** Lets go of files and connections. Calls that come later fail. */
    @Override
    void close();
}

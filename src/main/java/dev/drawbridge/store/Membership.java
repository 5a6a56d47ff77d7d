package dev.drawbridge.store;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/**
 * Which nodes are alive. A node is a member for as long as it renews its membership; the time is that of the store, and the
 * clocks of nodes are never compared. Stages end on a thread of the store; one that fails says nothing about whether
 * it was done.
 */
public interface Membership extends Liveness, AutoCloseable {

    /**
     * Becomes a member, or again one after the membership has lapsed.
     *
     * @param card what the others are to know of it
     * @param timeToLive how long the membership lasts
     */
    CompletionStage<Roll> join(String nodeId, byte[] card, Duration timeToLive);

    /** Remains a member, with a new card. One that has lapsed stays so: the answer says that, and nothing was changed. */
    CompletionStage<Roll> renew(String nodeId, byte[] card, Duration timeToLive);

    /** Is a member no more; also said of another node that is known to be gone. */
    CompletionStage<Void> end(String nodeId);

    @Override
    void close();

    /**
     * Who is a member.
     *
     * @param isMember whether the one who asks is
     * @param others the cards of all others, by their node's id
     * @param history names the history that the store's data are of: when it changes the store may have been set back to an
     *     earlier state
     */
    record Roll(boolean isMember, Map<String, byte[]> others, String history) {}
}

package dev.drawbridge.host;

/**
 * What all rooms and clients of a node may hold together, in bytes. Each budget bounds what one kind of waiting costs;
 * their sum leaves the larger part of the heap to live in.
 *
 * @param receiving unfinished messages
 * @param reading messages that are read, until their room has handled them
 * @param held what waits for the store
 * @param outgoing events that wait for sockets, each counted once
 * @param imports bodies of admin requests, from their first byte until they are answered, and stored rooms that are read
 *     as a whole to answer one
 */
public record NodeMemory(
        ByteBudget receiving, ReadingBudget reading, ByteBudget held, ByteBudget outgoing, ByteBudget imports) {

    /** Budgets for a heap of so many bytes. */
    public static NodeMemory ofHeap(long bytes) {
        return new NodeMemory(
                new ByteBudget(bytes / 8),
                new ReadingBudget(bytes / 4),
                new ByteBudget(bytes / 8),
                new ByteBudget(bytes / 8),
                new ByteBudget(bytes / 8));
    }
}

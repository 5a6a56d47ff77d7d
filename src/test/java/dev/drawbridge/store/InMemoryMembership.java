package dev.drawbridge.store;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.LongSupplier;

/** The members of a test, whose time is the test's. All nodes share it; every stage has ended when the call returns. */
public final class InMemoryMembership implements Membership {
    private final Map<String, Member> members = new HashMap<>();
    private final LongSupplier nanos;
    private int history = 1;

    private record Member(byte[] card, long endsAt) {}

    /** @param nanos the time of the store, as of {@link System#nanoTime} */
    public InMemoryMembership(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** As when the store is restarted without its data. */
    public synchronized void forgetEverything() {
        members.clear();
        changeHistory();
    }

    /** As when the store may have been set back. */
    public synchronized void changeHistory() {
        history++;
    }

    @Override
    public synchronized CompletionStage<Roll> join(String nodeId, byte[] card, Duration timeToLive) {
        members.put(nodeId, new Member(card.clone(), nanos.getAsLong() + timeToLive.toNanos()));
        return roll(nodeId);
    }

    @Override
    public synchronized CompletionStage<Roll> renew(String nodeId, byte[] card, Duration timeToLive) {
        dropLapsed();
        return members.containsKey(nodeId) ? join(nodeId, card, timeToLive) : roll(nodeId);
    }

    private CompletionStage<Roll> roll(String nodeId) {
        dropLapsed();
        Map<String, byte[]> others = new HashMap<>();
        members.forEach((id, member) -> others.put(id, member.card().clone()));
        boolean isMember = others.remove(nodeId) != null;
        return CompletableFuture.completedStage(new Roll(isMember, others, "history-" + history));
    }

    private void dropLapsed() {
        long now = nanos.getAsLong();
        members.values().removeIf(member -> member.endsAt() - now <= 0);
    }

    @Override
    public synchronized CompletionStage<Void> end(String nodeId) {
        members.remove(nodeId);
        return CompletableFuture.allOf();
    }

    @Override
    public synchronized CompletionStage<Boolean> isAlive(String nodeId) {
        dropLapsed();
        return CompletableFuture.completedStage(members.containsKey(nodeId));
    }

    @Override
    public void close() {}
}

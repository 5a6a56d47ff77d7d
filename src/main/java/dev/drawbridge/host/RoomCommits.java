package dev.drawbridge.host;

import dev.drawbridge.room.Author;
import dev.drawbridge.room.DocumentChange;
import dev.drawbridge.room.Effect;
import dev.drawbridge.store.CommitResult;
import dev.drawbridge.store.Ownership;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings a room's changes to the store: one commit at a time, again when one fails, and not for ever. What follows a change
 * waits in the gate until then. Used in the room's mailbox only.
 */
final class RoomCommits {
    private static final Logger log = LoggerFactory.getLogger(RoomCommits.class);

    private final String roomId;
    private final Ownership ownership;
    private final RoomServices services;
    private final CommitGate gate;
    private final Mailbox mailbox;
    private final Consumer<List<Effect>> whenStored;
    private final Consumer<String> whenHopeless;

    /** The one that is under way, or that has failed and is to be tried again. */
    private @Nullable Commit commit;
    /** Since when, in nanoseconds, changes have gathered for the next commit; 0 when there are none. */
    private long gatheringSince;

    /** @param gatheredSince when the oldest of its changes was made, in nanoseconds like {@code begunAt} */
    private record Commit(
            DocumentChange change, int attempt, long startedAt, boolean failed, long gatheredSince, long begunAt) {

        Commit again() {
            return new Commit(change, attempt + 1, startedAt, false, gatheredSince, System.nanoTime());
        }

        Commit asFailed() {
            return new Commit(change, attempt, startedAt, true, gatheredSince, begunAt);
        }
    }

    /**
     * Makes the commits of one owner.
     *
     * @param mailbox where the store's answers are dealt with
     * @param whenStored takes what has waited for a commit that is stored now
     * @param whenHopeless takes the reason why the room has to be given up
     */
    RoomCommits(
            String roomId,
            Ownership ownership,
            RoomServices services,
            CommitGate gate,
            Mailbox mailbox,
            Consumer<List<Effect>> whenStored,
            Consumer<String> whenHopeless) {
        this.roomId = roomId;
        this.ownership = ownership;
        this.services = services;
        this.gate = gate;
        this.mailbox = mailbox;
        this.whenStored = whenStored;
        this.whenHopeless = whenHopeless;
    }

    /** Takes the effects of one input and returns those that need not wait. */
    List<Effect> pass(List<Effect> effects) {
        if (effects.stream().noneMatch(Effect.Changed.class::isInstance)) {
            return gate.pass(effects);
        }
        if (gatheringSince == 0) {
            gatheringSince = System.nanoTime();
        }
        return gate.pass(announced(effects));
    }

    /** Who observes rooms has a place in the order like everybody else: right behind each change, when that is stored. */
    private List<Effect> announced(List<Effect> effects) {
        List<Effect> announced = new ArrayList<>(effects.size() + 1);
        for (Effect effect : effects) {
            announced.add(effect);
            if (effect instanceof Effect.Changed(DocumentChange change, Optional<Author> author)
                    && change.clock() != change.previousClock()) {
                announced.add(announcement(author, StoredChange.of(change)));
            }
        }
        return announced;
    }

    private Effect announcement(Optional<Author> author, StoredChange change) {
        return new Effect.Deferred(() -> services.roomObserver().changed(roomId, author, change), () -> {
            // what was never stored has not happened
        });
    }

    /** Begins the next commit, when there is something to store and none is under way. */
    void next() {
        gate.nextCommit().ifPresent(change -> {
            long gatheredSince = gatheringSince;
            gatheringSince = 0;
            attempt(new Commit(change, 1, services.clock().millis(), false, gatheredSince, System.nanoTime()));
        });
    }

    /** Time has passed: tries a failed commit again, and gives up when that takes too long. */
    void watch(long now) {
        if (commit == null) {
            return;
        }
        if (now - commit.startedAt > services.settings().commitTimeout().toMillis()) {
            whenHopeless.accept(
                    "a commit has not succeeded within " + services.settings().commitTimeout());
        } else if (commit.failed) {
            attempt(commit.again());
        }
    }

    /** Whatever the store still answers does not matter any more. */
    void forget() {
        commit = null;
    }

    private void attempt(Commit attempt) {
        commit = attempt;
        services.store()
                .commit(roomId, ownership, attempt.change)
                .whenComplete((result, error) -> mailbox.submit(() -> {
                    if (commit == attempt) {
                        ended(attempt, result, error);
                    }
                }));
    }

    private void ended(Commit attempt, @Nullable CommitResult result, @Nullable Throwable error) {
        switch (result) {
            case CommitResult.Committed ignored -> {
                commit = null;
                observe(attempt);
                whenStored.accept(gate.committed());
            }
            case CommitResult.Fenced ignored -> {
                services.observer().ownership(HostObserver.OwnershipChange.LOST);
                services.lease().doubted();
                whenHopeless.accept("somebody else has opened it");
            }
            case CommitResult.Conflict(long storedClock) ->
                whenHopeless.accept("the store, at clock " + storedClock + ", does not go on from clock "
                        + attempt.change.previousClock());
            case null -> {
                services.observer().storeFailed(HostObserver.StoreOperation.COMMIT);
                log.warn("room {}: attempt {} to commit has failed", roomId, attempt.attempt, error);
                commit = attempt.asFailed();
            }
        }
    }

    private void observe(Commit stored) {
        long now = System.nanoTime();
        DocumentChange change = stored.change;
        services.observer()
                .committed(
                        now - stored.begunAt,
                        change.puts().size() + change.tombstones().size(),
                        change.bytesPut());
        services.observer().gateWaited(now - stored.gatheredSince);
    }
}

package dev.drawbridge.host;

import dev.drawbridge.json.JsonObject;
import dev.drawbridge.room.DocumentChange;
import dev.drawbridge.store.CommitResult;
import dev.drawbridge.store.OpenedRoom;
import dev.drawbridge.store.Ownership;
import dev.drawbridge.store.RoomPage;
import dev.drawbridge.store.RoomStore;
import dev.drawbridge.store.RoomSummary;
import dev.drawbridge.store.StoreException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * A store of one room that keeps its contract and is a trial in every other way: slow, failing before and after its work,
 * silent, doing things late or twice. It can be restored to an earlier state. It knows all states that it ever had.
 */
class SimulatedStore implements RoomStore {
    private final VirtualTime time;
    private final RandomGenerator random;
    private final Trace trace;
    private final Ledger ledger;
    private final Map<Long, Map<String, JsonObject>> everStored = new HashMap<>();
    private final Map<Ownership, Long> runs = new HashMap<>();

    /** The states that a crash may bring back, the newest last. */
    private final List<StoredRoom> states = new ArrayList<>();

    private final List<Lost> lost = new ArrayList<>();
    private long run = 1;
    private boolean calm;

    /** Clocks whose changes were lost. */
    private record Lost(long after, long last) {}

    SimulatedStore(VirtualTime time, RandomGenerator random, Trace trace, Ledger ledger) {
        this.time = time;
        this.random = random;
        this.trace = trace;
        this.ledger = ledger;
        states.add(StoredRoom.none(run));
    }

    // ---- what the simulation sees

    StoredRoom room() {
        return states.getLast();
    }

    /** The highest clock that was ever stored. */
    boolean hasReached(long clock) {
        return clock <= room().clock() || isLost(clock);
    }

    /** Whether what was stored at that clock has been lost in a crash of the store. */
    boolean isLost(long clock) {
        return lost.stream().anyMatch(range -> clock > range.after && clock <= range.last);
    }

    /** What is or was stored at a clock; empty when the store has gone past it in one step. */
    Optional<Map<String, JsonObject>> storedAt(long clock) {
        return Optional.ofNullable(everStored.get(clock));
    }

    /** From now on it does its work at once. */
    void calmDown() {
        calm = true;
    }

    /** The store is killed and comes back with a state from a little while ago, but with none that it has left before. */
    void crash() {
        StoredRoom before = room();
        for (int lostStates = random.nextInt(6);
                lostStates > 0
                        && states.size() > 1
                        && states.get(states.size() - 2).clock() > 0;
                lostStates--) {
            states.removeLast();
        }
        run++;
        trace.add("the store crashes and comes back with clock %d of %d", room().clock(), before.clock());
        if (room().clock() < before.clock()) {
            lost.add(new Lost(room().clock(), before.clock()));
            ledger.forgive(room().board());
        }
    }

    // ---- the contract

    @Override
    public CompletionStage<OpenedRoom> open(String roomId) {
        return call("open", () -> {
            Ownership owner = new Ownership(room().epoch() + 1, "token-" + runs.size());
            runs.put(owner, run);
            states.add(room().ownedBy(owner));
            return new OpenedRoom(owner, room().snapshot(), mayHaveLostCommits(room(), run));
        });
    }

    @Override
    public CompletionStage<CommitResult> commit(String roomId, Ownership owner, DocumentChange change) {
        String what = "commit " + change.previousClock() + " to " + change.clock() + " of " + owner.token();
        return call(what, () -> {
            StoredRoom room = room();
            if (!isOwner(room, owner) || !isOfRun(owner, run)) {
                return new CommitResult.Fenced();
            }
            if (!follows(room, change)) {
                return room.clock() == change.clock()
                        ? new CommitResult.Committed()
                        : new CommitResult.Conflict(room.clock());
            }
            store(room.after(change, run));
            return new CommitResult.Committed();
        });
    }

    private void store(StoredRoom room) {
        if (room().writtenBy() != run) {
            states.clear(); // what was before the crash does not come back after it
        }
        states.add(room);
        Map<String, JsonObject> known = everStored.put(room.clock(), room.board());
        Violation.unless(
                known == null || known.equals(room.board()),
                "clock %d has been stored with %s and is stored with %s",
                room.clock(),
                known,
                room.board());
    }

    @Override
    public CompletionStage<Void> release(String roomId, Ownership owner) {
        return this.<Optional<Void>>call("release of " + owner.token(), () -> {
                    if (isOwner(room(), owner)) {
                        states.add(room().ownedBy(null));
                    }
                    return Optional.empty();
                })
                .thenAccept(done -> {});
    }

    @Override
    public CompletionStage<Boolean> delete(String roomId) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletionStage<Optional<RoomSummary>> find(String roomId) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletionStage<Void> ping() {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletionStage<RoomPage> list(String prefix, Optional<String> after, int limit) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {}

    // ---- the checks, each of which can be left out to see what happens

    boolean isOwner(StoredRoom room, Ownership owner) {
        return room.owner().equals(Optional.of(owner));
    }

    /** Whether the store has not crashed since that owner opened the room. */
    boolean isOfRun(Ownership owner, long currentRun) {
        return Objects.requireNonNull(runs.get(owner)) == currentRun;
    }

    boolean follows(StoredRoom room, DocumentChange change) {
        return room.clock() == change.previousClock();
    }

    boolean mayHaveLostCommits(StoredRoom room, long currentRun) {
        return room.writtenBy() != currentRun;
    }

    // ---- what goes wrong

    private <T> CompletionStage<T> call(String what, Supplier<T> work) {
        CompletableFuture<T> reply = new CompletableFuture<>();
        int luck = calm ? 0 : random.nextInt(100);
        if (luck < 70) {
            time.after(brief(), () -> answer(what, work, reply, brief()));
        } else if (luck < 82) {
            time.after(random.nextInt(1_500), () -> answer(what, work, reply, random.nextInt(1_500)));
        } else if (luck < 85) {
            time.after(brief(), () -> fail(what + ": fails", reply));
        } else if (luck < 89) {
            time.after(brief(), () -> {
                trace.add("%s: %s, but it seems to fail", what, work.get());
                fail(what + ": the answer is lost", reply);
            });
        } else if (luck < 91) {
            time.after(brief(), () -> trace.add("%s: %s, and no word of it", what, work.get()));
        } else if (luck < 92) {
            trace.add("%s: gets lost", what);
        } else if (luck < 96) {
            time.after(brief(), () -> fail(what + ": seems to fail, and comes later", reply));
            time.after(random.nextInt(6_000), () -> trace.add("%s: comes late: %s", what, work.get()));
        } else {
            time.after(brief(), () -> answer(what, work, reply, brief()));
            time.after(random.nextInt(3_000), () -> trace.add("%s: comes twice: %s", what, work.get()));
        }
        return reply;
    }

    private <T> void answer(String what, Supplier<T> work, CompletableFuture<T> reply, int delay) {
        T result = work.get();
        trace.add("%s: %s", what, result instanceof OpenedRoom ? room() : result);
        time.after(delay, () -> reply.complete(result));
    }

    private void fail(String why, CompletableFuture<?> reply) {
        trace.add("%s", why);
        reply.completeExceptionally(new StoreException(why));
    }

    private int brief() {
        return random.nextInt(30);
    }
}

package dev.drawbridge.host;

import dev.drawbridge.json.JsonObject;
import dev.drawbridge.room.DocumentChange;
import dev.drawbridge.room.RoomSnapshot;
import dev.drawbridge.simulation.Ledger;
import dev.drawbridge.simulation.Past;
import dev.drawbridge.simulation.StoredRoom;
import dev.drawbridge.simulation.Trace;
import dev.drawbridge.simulation.Violation;
import dev.drawbridge.simulation.VirtualTime;
import dev.drawbridge.store.Admission;
import dev.drawbridge.store.CommitResult;
import dev.drawbridge.store.OpenedRoom;
import dev.drawbridge.store.Opening;
import dev.drawbridge.store.Ownership;
import dev.drawbridge.store.RecordRange;
import dev.drawbridge.store.RoomExcerpt;
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
 * silent, doing things late or twice. It can crash, be restored to an earlier copy, fail over and back, and be emptied. It
 * knows all states that it ever had.
 */
class SimulatedStore implements RoomStore, Past {
    private final VirtualTime time;
    private final RandomGenerator random;
    private final Trace trace;
    private final Ledger ledger;
    private final Map<Long, Map<String, JsonObject>> everStored = new HashMap<>();
    private final Map<Ownership, Long> histories = new HashMap<>();

    /** The states that a crash may bring back, the newest last. */
    private final List<StoredRoom> states = new ArrayList<>();

    private final List<StoredRoom.Clocks> everReached = new ArrayList<>();
    private final List<Copy> copies = new ArrayList<>();
    private long run = 1;
    private long replication = 1;
    /** Another one at each start, in the database and beside it. */
    private long mark = 1;
    /** Its process; what a client of an earlier one has asked for is not done in a later one. */
    private int life;

    private boolean calm;

    /** Somebody has copied the store. */
    record Copy(StoredRoom room, long run, long mark) {}

    SimulatedStore(VirtualTime time, RandomGenerator random, Trace trace, Ledger ledger) {
        this.time = time;
        this.random = random;
        this.trace = trace;
        this.ledger = ledger;
        states.add(StoredRoom.none(history()));
    }

    // ---- what the simulation sees

    StoredRoom room() {
        return states.getLast();
    }

    /** Whether the room, or one before it, has ever been at that clock. */
    @Override
    public boolean hasReached(long clock) {
        return clock <= room().clock() || everReached.stream().anyMatch(range -> range.has(clock));
    }

    /** Whether what was stored at that clock is no part of what led to the present room. */
    @Override
    public boolean isLost(long clock) {
        return everReached.stream().anyMatch(range -> range.has(clock))
                && room().lineage().stream().noneMatch(range -> range.has(clock));
    }

    /** What is or was stored at a clock; empty when the store has gone past it in one step. */
    @Override
    public Optional<Map<String, JsonObject>> storedAt(long clock) {
        return Optional.ofNullable(everStored.get(clock));
    }

    /** From now on it does its work at once. */
    void calmDown() {
        calm = true;
    }

    /** The store is killed and comes back with a state from a little while ago, but with none that it has left before. */
    void crash() {
        run++;
        replication++;
        loseSome("crashes and comes back");
    }

    /** Another server takes over, which does not have all, and gives back to the first, which takes what that one has. */
    void failOverAndBack() {
        replication++;
        loseSome("fails over and back, and is");
    }

    private void loseSome(String how) {
        StoredRoom before = room();
        mark++;
        for (int lostStates = random.nextInt(6);
                lostStates > 0
                        && states.size() > 1
                        && states.get(states.size() - 2).clock() > 0;
                lostStates--) {
            states.removeLast();
        }
        trace.add("the store %s at clock %d of %d", how, room().clock(), before.clock());
        forgive(before);
    }

    private void forgive(StoredRoom before) {
        if (room().clock() != before.clock()) {
            ledger.forgive(room().board());
        }
    }

    void copy() {
        trace.add("the store is copied, at clock %d", room().clock());
        copies.add(new Copy(room(), run, mark));
    }

    /** The store is stopped at once, with all who use it, and starts with an earlier copy of itself in its place. */
    void restore() {
        if (copies.isEmpty()) {
            return;
        }
        StoredRoom before = room();
        Copy copy = copies.get(random.nextInt(copies.size()));
        boolean noticed = isNoticed(copy, mark, before.transactions());
        trace.add(
                "the store is restored, to clock %d of %d; that is %s",
                copy.room.clock(), before.clock(), noticed ? "noticed" : "not noticed");
        run = noticed ? copy.run + 1 : copy.run;
        mark++;
        life++;
        states.clear();
        states.add(copy.room);
        forgive(before);
    }

    /** Nothing is left, and nothing tells that there was something. */
    void empty() {
        StoredRoom before = room();
        trace.add("the store is emptied, of a room at clock %d", before.clock());
        mark++;
        states.clear();
        states.add(StoredRoom.none(history()));
        forgive(before);
    }

    private long history() {
        return historyOf(run, replication);
    }

    // ---- the contract

    @Override
    public CompletionStage<Opening> open(String roomId) {
        return call("open", () -> {
            Ownership owner = new Ownership(room().epoch() + 1, "token-" + histories.size());
            histories.put(owner, history());
            states.add(room().ownedBy(owner));
            return new OpenedRoom(owner, room().snapshot(), mayHaveLostCommits(room(), history()), clockFloor(room()));
        });
    }

    @Override
    public CompletionStage<Optional<String>> owner(String roomId) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletionStage<CommitResult> commit(String roomId, Ownership owner, DocumentChange change) {
        String what = "commit " + change.previousClock() + " to " + change.clock() + " of " + owner.token();
        return call(what, () -> {
            StoredRoom room = room();
            if (!isOwner(room, owner) || !isOfHistory(owner, history())) {
                return new CommitResult.Fenced();
            }
            if (!follows(room, change)) {
                return room.clock() == change.clock()
                        ? new CommitResult.Committed()
                        : new CommitResult.Conflict(room.clock());
            }
            everReached.add(room.clocksOf(change));
            store(room.after(change, history()));
            return new CommitResult.Committed();
        });
    }

    private void store(StoredRoom room) {
        if (room().writtenBy() != history()) {
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
    public CompletionStage<Void> release(String roomId, Ownership owner, Optional<String> successor) {
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
        return call("delete", () -> {
            StoredRoom before = room();
            states.add(before.deleted(history(), mayHaveLostCommits(before, history())));
            forgive(before);
            return before.clock() > 0;
        });
    }

    @Override
    public CompletionStage<Optional<RoomSnapshot>> read(String roomId, Admission admission) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletionStage<Optional<RoomExcerpt>> readRecord(String roomId, String recordId) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletionStage<Optional<RoomExcerpt>> readRecords(String roomId, RecordRange range) {
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

    /** Whether the store is still in the history in which that owner opened the room. */
    boolean isOfHistory(Ownership owner, long present) {
        return Objects.requireNonNull(histories.get(owner)) == present;
    }

    boolean follows(StoredRoom room, DocumentChange change) {
        return room.clock() == change.previousClock();
    }

    boolean mayHaveLostCommits(StoredRoom room, long present) {
        return room.writtenBy() != present;
    }

    /** What the store is known by: how often it has been started, and how often it became the one that takes writes. */
    long historyOf(long runs, long replications) {
        return runs * 1_000 + replications;
    }

    /** Whether a copy is found out that was put in the place of what has this mark and counted so many transactions. */
    boolean isNoticed(Copy copy, long present, long transactions) {
        return copy.mark != present || copy.room.transactions() < transactions;
    }

    long clockFloor(StoredRoom room) {
        return room.clockFloor();
    }

    // ---- what goes wrong

    private <T> CompletionStage<T> call(String what, Supplier<T> work) {
        CompletableFuture<T> reply = new CompletableFuture<>();
        int luck = calm ? 0 : random.nextInt(100);
        if (luck < 70) {
            inThisLife(brief(), () -> answer(what, work, reply, brief()));
        } else if (luck < 82) {
            inThisLife(random.nextInt(1_500), () -> answer(what, work, reply, random.nextInt(1_500)));
        } else if (luck < 85) {
            inThisLife(brief(), () -> fail(what + ": fails", reply));
        } else if (luck < 89) {
            inThisLife(brief(), () -> {
                trace.add("%s: %s, but it seems to fail", what, work.get());
                fail(what + ": the answer is lost", reply);
            });
        } else if (luck < 91) {
            inThisLife(brief(), () -> trace.add("%s: %s, and no word of it", what, work.get()));
        } else if (luck < 92) {
            trace.add("%s: gets lost", what);
        } else if (luck < 96) {
            inThisLife(brief(), () -> fail(what + ": seems to fail, and comes later", reply));
            inThisLife(random.nextInt(6_000), () -> trace.add("%s: comes late: %s", what, work.get()));
        } else {
            inThisLife(brief(), () -> answer(what, work, reply, brief()));
            inThisLife(random.nextInt(3_000), () -> trace.add("%s: comes twice: %s", what, work.get()));
        }
        return reply;
    }

    /** Unless the store has been stopped until then. */
    private void inThisLife(long millis, Runnable action) {
        int present = life;
        time.after(millis, () -> {
            if (present == life) {
                action.run();
            }
        });
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

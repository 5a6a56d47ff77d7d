package dev.drawbridge.cluster;

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
import dev.drawbridge.store.Membership;
import dev.drawbridge.store.OpenedRoom;
import dev.drawbridge.store.Opening;
import dev.drawbridge.store.Ownership;
import dev.drawbridge.store.RecordRange;
import dev.drawbridge.store.RoomExcerpt;
import dev.drawbridge.store.RoomPage;
import dev.drawbridge.store.RoomStore;
import dev.drawbridge.store.RoomSummary;
import dev.drawbridge.store.StoreException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A Redis with one room and the keys of members. What the scripts do is done here as they do it, each at one instant; what
 * comes before and after that is a trial: commands are late, lost, or come twice, answers are lost, and the server restarts
 * or fails over and back without its latest writes. It knows all that was ever stored, and to whom it has given the room last.
 */
class SimulatedRedis implements Past {
    private static final int COMMAND_TIMEOUT = 2_000;

    private final VirtualTime time;
    private final RandomGenerator random;
    private final Trace trace;
    private final Ledger ledger;
    private final Map<Long, Map<String, JsonObject>> everStored = new HashMap<>();
    private final List<StoredRoom.Clocks> everReached = new ArrayList<>();

    /** The states that a restart may bring back, the newest last. */
    private final List<Meta> states = new ArrayList<>();

    private final Map<String, Member> members = new TreeMap<>();
    private final List<Lost> lost = new ArrayList<>();
    private final Map<String, Opened> openings = new HashMap<>();
    private long run = 1;
    private long replication = 1;
    private int tokens;
    private boolean calm;
    private long downUntil;
    /** A command that was carried out does not come a second time after one: epochs begin anew then. */
    private int deletions;

    /** Whom the room was given to last, whatever has become of that. */
    private @Nullable Ownership granted;

    private long changes;

    /** What the keys of the room hold. */
    private record Meta(
            StoredRoom room,
            @Nullable String owner,
            long epoch,
            @Nullable String token) {
        Meta with(StoredRoom next) {
            return new Meta(next, owner, epoch, token);
        }
    }

    private record Member(byte[] card, long endsAt) {}

    SimulatedRedis(VirtualTime time, RandomGenerator random, Trace trace, Ledger ledger) {
        this.time = time;
        this.random = random;
        this.trace = trace;
        this.ledger = ledger;
        states.add(new Meta(StoredRoom.none(historyNumber()), null, 0, null));
    }

    // ---- what the simulation sees

    StoredRoom room() {
        return states.getLast().room;
    }

    /** Grows with each commit, and with each loss. */
    long changes() {
        return changes;
    }

    @Override
    public boolean hasReached(long clock) {
        return clock <= room().clock() || everReached.stream().anyMatch(range -> range.has(clock));
    }

    @Override
    public boolean isLost(long clock) {
        return everReached.stream().anyMatch(range -> range.has(clock))
                && room().lineage().stream().noneMatch(range -> range.has(clock));
    }

    @Override
    public Optional<Map<String, JsonObject>> storedAt(long clock) {
        return Optional.ofNullable(everStored.get(clock));
    }

    void calmDown() {
        calm = true;
        downUntil = 0;
    }

    /** It is killed, and comes back a moment later with a state from a little while ago. */
    void restart() {
        run++;
        replication++;
        downUntil = time.millis() + random.nextInt(1_000);
        loseSome("restarts");
    }

    /** A replica takes over that does not have all, and gives back to the first, which takes what that one has. */
    void failOverAndBack() {
        replication++;
        loseSome("fails over and back");
    }

    private void loseSome(String how) {
        Meta before = states.getLast();
        for (int lost = random.nextInt(6);
                lost > 0
                        && states.size() > 1
                        && states.get(states.size() - 2).room.clock() > 0;
                lost--) {
            states.removeLast();
        }
        boolean membersToo = random.nextBoolean();
        if (membersToo) {
            members.values().removeIf(member -> random.nextBoolean());
        }
        trace.add(
                "redis %s at clock %d of %d, with %s, owner %s",
                how, room().clock(), before.room.clock(), members.keySet(), String.valueOf(states.getLast().owner));
        if (room().clock() != before.room.clock()) {
            ledger.forgive(room().board());
            changes++;
        }
    }

    /** An operator deletes the room where it is not open; whoever has it open learns of it by its next commit. */
    void delete() {
        StoredRoom before = room();
        trace.add("the room is deleted, at clock %d", before.clock());
        states.add(
                new Meta(before.deleted(history(), mayHaveLostCommits(before.writtenBy(), history())), null, 0, null));
        granted = null;
        openings.clear();
        deletions++;
        ledger.forgive(room().board());
        changes++;
    }

    /**
     * Commands come that nobody waits for any more: a commit that has never come, and before it the opening that it belongs
     * to, once more.
     */
    void haunt() {
        for (Lost each : List.copyOf(lost)) {
            if (each.change.previousClock() == room().clock() && openings.containsKey(each.owner.token())) {
                lost.remove(each);
                Opened opening = Objects.requireNonNull(openings.get(each.owner.token()));
                boolean again = random.nextBoolean();
                if (again) {
                    var _ = open(opening.nodeId, opening.name, null, 0);
                }
                trace.add("a commit of %s comes at last: %s", each.owner, commit(each.owner, each.change));
                return;
            }
        }
    }

    private record Lost(Ownership owner, DocumentChange change) {}

    private record Opened(String nodeId, String name) {}

    /** Somebody takes a node for gone that may live. */
    void bury(String nodeId) {
        members.remove(nodeId);
    }

    long history() {
        return historyOf(run, replication);
    }

    private long historyNumber() {
        return history();
    }

    // ---- the scripts

    /** An answer to a node that wants the room. */
    private sealed interface Answer {
        record Taken(OpenedRoom room) implements Answer {}

        record Elsewhere(String owner, long epoch) implements Answer {}
    }

    private Answer open(String nodeId, String name, @Nullable String gone, long goneEpoch) {
        Meta before = states.getLast();
        String token = name + "@" + history();
        if (!token.equals(before.token)) {
            String owner = before.owner;
            if (owner != null
                    && !owner.equals(nodeId)
                    && !(owner.equals(gone) && isSameEpoch(before.epoch, goneEpoch))) {
                return new Answer.Elsewhere(owner, before.epoch);
            }
            long epoch = before.epoch + 1;
            states.add(new Meta(before.room, nodeId, epoch, token));
            granted = new Ownership(epoch, token);
            openings.put(token, new Opened(nodeId, name));
        }
        Meta now = states.getLast();
        return new Answer.Taken(new OpenedRoom(
                new Ownership(now.epoch, token),
                now.room.snapshot(),
                mayHaveLostCommits(now.room.writtenBy(), history()),
                now.room.clockFloor()));
    }

    private CommitResult commit(Ownership owner, DocumentChange change) {
        Meta before = states.getLast();
        if (!isToken(owner.token(), before.token) || !isEpoch(owner.epoch(), before.epoch)) {
            return new CommitResult.Fenced();
        }
        if (!isOfHistory(owner.token(), history())) {
            return new CommitResult.Conflict(before.room.clock());
        }
        if (before.room.clock() != change.previousClock()) {
            return before.room.clock() == change.clock()
                    ? new CommitResult.Committed()
                    : new CommitResult.Conflict(before.room.clock());
        }
        Violation.unless(
                owner.equals(granted),
                "a commit of %s was taken, from %d to %d, but the room was given to %s last",
                owner,
                change.previousClock(),
                change.clock(),
                String.valueOf(granted));
        everReached.add(before.room.clocksOf(change));
        if (before.room.writtenBy() != history()) {
            states.clear(); // what was before the restart does not come back after it
        }
        StoredRoom after = before.room.after(change, history());
        states.add(before.with(after));
        changes++;
        Map<String, JsonObject> known = everStored.put(after.clock(), after.board());
        Violation.unless(
                known == null || known.equals(after.board()),
                "clock %d has been stored with %s and is stored with %s",
                after.clock(),
                known,
                after.board());
        return new CommitResult.Committed();
    }

    private String release(Ownership owner, Optional<String> successor) {
        Meta before = states.getLast();
        if (!owner.token().equals(before.token) || owner.epoch() != before.epoch) {
            return "fenced";
        }
        boolean nothingIsLeft = before.room.clock() == 0 && successor.isEmpty();
        states.add(new Meta(before.room, successor.orElse(null), nothingIsLeft ? 0 : before.epoch, null));
        granted = null;
        return "released";
    }

    private Membership.Roll member(boolean join, String nodeId, byte[] card, Duration timeToLive) {
        long now = time.millis();
        members.values().removeIf(member -> member.endsAt <= now);
        boolean isMember = join || members.containsKey(nodeId);
        Map<String, byte[]> others = new TreeMap<>();
        members.forEach((id, member) -> others.put(id, member.card));
        others.remove(nodeId);
        if (isMember) {
            members.put(nodeId, new Member(card, now + timeToLive.toMillis()));
        }
        return new Membership.Roll(isMember, others, String.valueOf(history()));
    }

    private boolean exists(String nodeId) {
        Member member = members.get(nodeId);
        return member != null && member.endsAt > time.millis();
    }

    // ---- the checks, each of which can be left out to see what happens

    boolean isToken(String owner, @Nullable String present) {
        return owner.equals(present);
    }

    boolean isEpoch(long owner, long present) {
        return owner == present;
    }

    /** Of an owner that was found to be gone. */
    boolean isSameEpoch(long present, long seen) {
        return present == seen;
    }

    /** Whether the store is still in the history in which that token was given. */
    boolean isOfHistory(String token, long present) {
        return token.endsWith("@" + present);
    }

    boolean mayHaveLostCommits(long writtenBy, long present) {
        return writtenBy != present;
    }

    long historyOf(long runs, long replications) {
        return runs * 1_000 + replications;
    }

    // ---- as a node sees it

    /** The connections of a node. */
    Client client(SimulatedNode node, Duration patience) {
        return new Client(node, patience);
    }

    final class Client implements RoomStore, Membership {
        private final SimulatedNode node;
        private final Duration patience;

        private Client(SimulatedNode node, Duration patience) {
            this.node = node;
            this.patience = patience;
        }

        @Override
        public CompletionStage<Opening> open(String roomId) {
            String token = "t" + ++tokens;
            String what = node.id() + " opens by " + token;
            return this.<Answer>call(what, () -> SimulatedRedis.this.open(node.id(), token, null, 0))
                    .thenCompose(answer -> switch (answer) {
                        case Answer.Taken(OpenedRoom room) -> CompletableFuture.<Opening>completedStage(room);
                        case Answer.Elsewhere(String owner, long epoch) ->
                            isAlive(owner)
                                    .thenCompose(alive -> alive
                                            ? CompletableFuture.<Opening>completedStage(
                                                    new Opening.OwnedElsewhere(owner))
                                            : takeFrom(what, token, owner, epoch));
                    });
        }

        private CompletionStage<Opening> takeFrom(String what, String token, String gone, long epoch) {
            return this.<Answer>call(
                            what + " from " + gone + "/" + epoch,
                            () -> SimulatedRedis.this.open(node.id(), token, gone, epoch))
                    .thenApply(answer -> switch (answer) {
                        case Answer.Taken(OpenedRoom room) -> room;
                        case Answer.Elsewhere(String owner, long ignored) -> new Opening.OwnedElsewhere(owner);
                    });
        }

        @Override
        public CompletionStage<Optional<String>> owner(String roomId) {
            return call(node.id() + " asks who owns it", () -> Optional.ofNullable(states.getLast().owner));
        }

        @Override
        public CompletionStage<CommitResult> commit(String roomId, Ownership owner, DocumentChange change) {
            Lost notYet = new Lost(owner, change);
            lost.add(notYet);
            return call(
                    node.id() + " commits " + change.previousClock() + " to " + change.clock() + " by " + owner, () -> {
                        lost.remove(notYet);
                        return SimulatedRedis.this.commit(owner, change);
                    });
        }

        @Override
        public CompletionStage<Void> release(String roomId, Ownership owner, Optional<String> successor) {
            return call(
                            node.id() + " releases " + owner + " to " + successor.orElse("nobody"),
                            () -> SimulatedRedis.this.release(owner, successor))
                    .thenAccept(done -> {});
        }

        @Override
        public CompletionStage<Roll> join(String nodeId, byte[] card, Duration timeToLive) {
            return call(nodeId + " joins", patience, false, () -> member(true, nodeId, card, node.timeToLive()))
                    .thenApply(node::rollAsItSees);
        }

        @Override
        public CompletionStage<Roll> renew(String nodeId, byte[] card, Duration timeToLive) {
            return call(nodeId + " renews", patience, true, () -> member(false, nodeId, card, node.timeToLive()))
                    .thenApply(node::rollAsItSees);
        }

        @Override
        public CompletionStage<Void> end(String nodeId) {
            return call(node.id() + " ends " + nodeId, patience, true, () -> members.remove(nodeId) != null)
                    .thenAccept(done -> {});
        }

        @Override
        public CompletionStage<Boolean> isAlive(String nodeId) {
            return call(node.id() + " asks for " + nodeId, patience, true, () -> exists(nodeId));
        }

        // ---- what goes wrong

        private <T> CompletionStage<T> call(String what, Supplier<T> work) {
            return call(what, Duration.ofMillis(COMMAND_TIMEOUT), true, work);
        }

        /** @param twice whether it may come twice */
        private <T> CompletionStage<T> call(String what, Duration limit, boolean twice, Supplier<T> work) {
            CompletableFuture<T> reply = new CompletableFuture<>();
            long timeout = limit.toMillis();
            time.after(timeout, () -> node.run(() -> fail(what + ": no answer", reply)));
            int luck = calm ? 0 : random.nextInt(100);
            if (node.isCutOffFromRedis()) {
                trace.add("%s: does not get there", what);
            } else if (luck < 80) {
                time.after(brief(), () -> answer(what, work, reply, brief()));
            } else if (luck < 86) {
                time.after(random.nextInt(1_000), () -> answer(what, work, reply, random.nextInt(1_000)));
            } else if (luck < 88) {
                time.after(brief(), () -> node.run(() -> fail(what + ": fails", reply)));
            } else if (luck < 91) {
                time.after(brief(), () -> {
                    done(what, work, ", and it seems to fail");
                    node.run(() -> fail(what + ": the answer is lost", reply));
                });
            } else if (luck < 93) {
                time.after(brief(), () -> done(what, work, ", and no word of it"));
            } else if (luck < 94) {
                trace.add("%s: gets lost", what);
            } else if (luck < 97 || !twice) {
                time.after(timeout + random.nextInt(4_000), () -> done(what, work, ", late"));
            } else {
                time.after(brief(), () -> answer(what, work, reply, brief()));
                int then = deletions;
                time.after(random.nextInt(4_000), () -> {
                    if (then == deletions) {
                        done(what, work, ", once more");
                    }
                });
            }
            return reply;
        }

        private <T> void answer(String what, Supplier<T> work, CompletableFuture<T> reply, int delay) {
            if (time.millis() < downUntil) {
                node.run(() -> fail(what + ": nobody is there", reply));
                return;
            }
            T result = done(what, work, "");
            time.after(delay, () -> {
                if (!node.isCutOffFromRedis()) {
                    node.run(() -> reply.complete(result));
                }
            });
        }

        private <T> T done(String what, Supplier<T> work, String how) {
            T result = work.get();
            trace.add("%s%s: %s", what, how, text(result));
            return result;
        }

        private Object text(@Nullable Object result) {
            return switch (result) {
                case Answer.Taken ignored -> "taken, epoch " + states.getLast().epoch;
                case Roll roll -> roll.isMember() + " beside " + roll.others().keySet();
                case null -> "nothing";
                default -> result;
            };
        }

        private void fail(String why, CompletableFuture<?> reply) {
            if (!reply.isDone()) {
                trace.add("%s", why);
                reply.completeExceptionally(new StoreException(why));
            }
        }

        private int brief() {
            return random.nextInt(20);
        }

        // ---- what nobody asks for here

        @Override
        public CompletionStage<Boolean> delete(String roomId) {
            throw new UnsupportedOperationException();
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
        public CompletionStage<RoomPage> list(String prefix, Optional<String> after, int limit) {
            throw new UnsupportedOperationException();
        }

        @Override
        public CompletionStage<Void> ping() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void close() {}
    }
}

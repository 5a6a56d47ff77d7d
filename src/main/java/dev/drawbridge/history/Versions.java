package dev.drawbridge.history;

import dev.drawbridge.host.ByteBudget;
import dev.drawbridge.host.ByteLoan;
import dev.drawbridge.host.HostClock;
import dev.drawbridge.host.Replaced;
import dev.drawbridge.host.RoomCommandException;
import dev.drawbridge.host.RoomCommands;
import dev.drawbridge.host.RoomDetails;
import dev.drawbridge.host.RoomImport;
import dev.drawbridge.json.Quoted;
import dev.drawbridge.room.RoomSnapshot;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What may be done with the past of rooms, those that are open and those that are only stored. Everything happens on threads
 * that may wait, and no room waits for it. A stage fails with a {@link VersionException}, with what {@link RoomCommands} says,
 * or with a {@link VersionStoreException}. Ids of versions are texts as they come: what is no id is a version that is not
 * there.
 */
public final class Versions {
    private static final Logger log = LoggerFactory.getLogger(Versions.class);

    /** More changes of records are not told one by one. */
    public static final int MOST_CHANGES = 1_000;

    private static final int A_PAGE = 200;

    private final VersionStore store;
    private final Archive archive;
    private final NameQuota names;
    private final RoomCommands commands;
    private final Notes notes;
    private final Answers answers = new Answers(Duration.ofMinutes(2));
    private final Executor background;
    private final Map<String, CompletableFuture<Version>> waiting = new ConcurrentHashMap<>();

    /**
     * @param notes what the registry of the rooms tells
     * @param chance makes the ids of versions
     * @param memory of which versions that are made take what they have to read; a request brings a loan of its own
     * @param background runs what may wait: a virtual thread each
     * @param mostNamedBytes what the versions of one room that have a name may take; zero: whatever they take
     */
    public Versions(
            VersionStore store,
            RoomCommands commands,
            Notes notes,
            HostClock clock,
            RandomGenerator chance,
            ByteBudget memory,
            Executor background,
            HistoryObserver observer,
            long mostNamedBytes) {
        this.store = store;
        this.names = new NameQuota(store, mostNamedBytes);
        this.archive = new Archive(store, clock, chance, memory, observer);
        this.commands = commands;
        this.notes = notes;
        this.background = background;
    }

    Archive archive() {
        return archive;
    }

    // ---- what is there

    /**
     * Versions of a room, the newest first. A room that has none, or is not there, has an empty list.
     *
     * @param before only those that were made before this one
     */
    public CompletionStage<List<Version>> list(String roomId, Optional<VersionId> before, int limit) {
        return run(() -> store.versions(roomId, before, limit));
    }

    /** What the versions of a room take. */
    public CompletionStage<VersionStore.Usage> usage(String roomId) {
        return run(() -> store.usage(roomId));
    }

    public CompletionStage<Version> find(String roomId, String id) {
        return run(() -> found(roomId, id));
    }

    private Version found(String roomId, String id) throws VersionException {
        return VersionId.of(id)
                .flatMap(known -> store.version(roomId, known))
                .orElseThrow(() -> new VersionException.NoSuchVersion(roomId, Quoted.bare(id)));
    }

    /** The document as it was, at the clock that it had; records of the object lane are no part of it. */
    public CompletionStage<RoomSnapshot> snapshot(String roomId, String id, ByteLoan loan) {
        return loan.during(run(() -> content(roomId, found(roomId, id), loan)));
    }

    private RoomSnapshot content(String roomId, Version version, ByteLoan loan)
            throws VersionException, RoomCommandException {
        return archive.chains().content(roomId, version, loan::tryTake);
    }

    // ---- making them

    /**
     * Makes a version of the room as it is now. When the newest one shows the same already, it is that one, unless a person or
     * a program has asked for one.
     */
    public CompletionStage<Version> make(String roomId, Reason reason, Optional<String> name) {
        boolean always = reason == Reason.MANUAL || reason == Reason.API;
        if (!always && name.isEmpty()) {
            return madeOnce(roomId, reason);
        }
        return run(() -> {
            if (name.isPresent()) {
                names.require(roomId);
            }
            return made(roomId, reason, name, always);
        });
    }

    /** While one waits for its turn it is made for all who want one. */
    private CompletionStage<Version> madeOnce(String roomId, Reason reason) {
        CompletableFuture<Version> mine = new CompletableFuture<>();
        CompletableFuture<Version> theirs = waiting.putIfAbsent(roomId, mine);
        if (theirs != null) {
            return theirs.copy();
        }
        run(() -> archive.turn().take(() -> {
                    waiting.remove(roomId, mine);
                    return madeInTurn(roomId, reason, Optional.empty(), false);
                }))
                .whenComplete((version, error) -> {
                    waiting.remove(roomId, mine);
                    if (error == null) {
                        mine.complete(version);
                    } else {
                        mine.completeExceptionally(error);
                    }
                });
        return mine.copy();
    }

    private Version made(String roomId, Reason reason, Optional<String> name, boolean always)
            throws VersionException, RoomCommandException {
        return archive.turn().take(() -> madeInTurn(roomId, reason, name, always));
    }

    private Version madeInTurn(String roomId, Reason reason, Optional<String> name, boolean always)
            throws RoomCommandException {
        try (ByteLoan loan = archive.loan()) {
            RoomSnapshot room = answers.await(commands.snapshot(roomId, loan));
            return put(roomId, room, reason, name, always, loan);
        }
    }

    /** Makes a version of what the room was a moment ago. */
    private Version made(String roomId, Reason reason, RoomSnapshot room)
            throws VersionException, RoomCommandException {
        return archive.turn().take(() -> {
            try (ByteLoan loan = archive.loan()) {
                return put(roomId, room, reason, Optional.empty(), false, loan);
            }
        });
    }

    private Version put(
            String roomId, RoomSnapshot room, Reason reason, Optional<String> name, boolean always, ByteLoan loan)
            throws RoomCommandException {
        RoomSnapshot document = Archive.shown(room, commands.objectLane());
        List<Contributor> by = notes.take(roomId, room.documentClock());
        boolean isDone = false;
        try {
            Version version = archive.put(roomId, document, new Archive.Wanted(reason, name, by, always), loan);
            isDone = true;
            return version;
        } finally {
            if (!isDone) {
                notes.giveBack(roomId, by, room.documentClock());
                archive.observer().failed();
            }
        }
    }

    /** Makes a version, unless the newest one shows the room's clock: then it is that one. */
    public CompletionStage<Version> keep(String roomId, Reason reason) {
        return run(() -> kept(roomId, reason));
    }

    private Version kept(String roomId, Reason reason) throws VersionException, RoomCommandException {
        long clock = answers.await(commands.describe(roomId)).documentClock();
        Optional<Version> newest = archive.newest(roomId).filter(version -> version.clock() == clock);
        return newest.isPresent() ? newest.get() : made(roomId, reason, Optional.empty(), false);
    }

    /** Whether the newest version does not show all that a room had at this clock. */
    CompletionStage<Boolean> isBehind(String roomId, long documentClock) {
        return run(() -> archive.newest(roomId)
                .map(version -> version.clock() < documentClock)
                .orElse(true));
    }

    // ---- changing them

    /** Calls a version something else, or nothing. */
    public CompletionStage<Version> rename(String roomId, String id, Optional<String> name) {
        return run(() -> {
            Version known = found(roomId, id);
            if (name.isPresent() && known.name().isEmpty()) {
                names.require(roomId);
            }
            return archive.change(roomId, known.id(), version -> version.named(name))
                    .orElseThrow(() -> new VersionException.NoSuchVersion(roomId, Quoted.bare(id)));
        });
    }

    /** A version is there no more. What others need of it is given up later. */
    public CompletionStage<Void> delete(String roomId, String id) {
        return run(() -> {
                    Version version = found(roomId, id);
                    if (!store.remove(roomId, version.id())) {
                        throw new VersionException.NoSuchVersion(roomId, Quoted.bare(id));
                    }
                    return version;
                })
                .thenAccept(version -> {});
    }

    /** The room was deleted: all that is kept of it goes. */
    public CompletionStage<Void> forget(String roomId) {
        notes.forget(roomId);
        return run(() -> archive.turn().take(() -> {
                    archive.forget(roomId);
                    return roomId;
                }))
                .thenAccept(forgotten -> {});
    }

    // ---- bringing them back

    /**
     * Makes the document what it was, as one more change: clients receive the difference, the object lane stays. What is
     * there now is a version first, and one more when somebody has drawn until the last moment.
     */
    public CompletionStage<Restored> restore(String roomId, String id, OptionalLong ifClock, ByteLoan loan) {
        return loan.during(run(() -> {
            RoomSnapshot content = content(roomId, found(roomId, id), loan);
            Version before = kept(roomId, Reason.BEFORE_RESTORE);
            Replaced replaced = answers.await(commands.replace(roomId, content, false, ifClock));
            return new Restored(
                    replaced.documentClock(), last(roomId, Reason.BEFORE_RESTORE, before, replaced.before()));
        }));
    }

    /** The version that shows what was there right before: this one, or one more. */
    private Version last(String roomId, Reason reason, Version made, RoomSnapshot before) {
        if (before.documentClock() <= made.clock()) {
            return made;
        }
        try {
            return made(roomId, reason, before);
        } catch (VersionException | RoomCommandException | VersionStoreException e) {
            // What was asked for is done, and the version before has all but the last moment.
            log.warn("What the room {} was right before it was replaced is not kept", Quoted.bare(roomId), e);
            return made;
        }
    }

    /** Makes another room, with what a version of this one holds. */
    public CompletionStage<RoomDetails> duplicate(String roomId, String id, String newRoomId, ByteLoan loan) {
        return loan.during(run(() ->
                answers.await(commands.create(newRoomId, Optional.of(content(roomId, found(roomId, id), loan))))));
    }

    /** {@link RoomCommands#replace}, after a version of what is there. */
    public CompletionStage<Long> replace(String roomId, RoomSnapshot content, boolean objects, OptionalLong ifClock) {
        return run(() -> {
            Version before = kept(roomId, Reason.BEFORE_IMPORT);
            Replaced replaced = answers.await(commands.replace(roomId, content, objects, ifClock));
            last(roomId, Reason.BEFORE_IMPORT, before, replaced.before());
            return replaced.documentClock();
        });
    }

    /** {@link RoomCommands#take}, after a version of what it replaces, if it replaces anything. */
    public CompletionStage<RoomImport.Outcome> take(String roomId, RoomImport wanted) {
        return run(() -> {
            Optional<Version> before = wanted.replace() ? keptIfThere(roomId) : Optional.empty();
            RoomImport.Outcome outcome = answers.await(commands.take(roomId, wanted));
            if (before.isPresent() && outcome.before().isPresent()) {
                last(
                        roomId,
                        Reason.BEFORE_IMPORT,
                        before.get(),
                        outcome.before().get());
            }
            return outcome;
        });
    }

    private Optional<Version> keptIfThere(String roomId) throws VersionException, RoomCommandException {
        try {
            return Optional.of(kept(roomId, Reason.BEFORE_IMPORT));
        } catch (RoomCommandException.NoSuchRoom e) {
            return Optional.empty();
        }
    }

    // ---- telling them apart

    /**
     * What was changed until a version.
     *
     * @param since the version from which on; the one listed before it when none is named
     * @param limit how many changes are told one by one, {@link #MOST_CHANGES} at most
     */
    public CompletionStage<VersionChanges> changes(
            String roomId, String id, Optional<String> since, int limit, ByteLoan loan) {
        return loan.during(run(() -> {
            Version to = found(roomId, id);
            Optional<Version> from = since.isPresent()
                    ? Optional.of(found(roomId, since.get()))
                    : store.versions(roomId, Optional.of(to.id()), 1).stream().findFirst();
            Optional<RoomSnapshot> before =
                    from.isPresent() ? Optional.of(content(roomId, from.get(), loan)) : Optional.empty();
            Comparison comparison = new Comparison(before, content(roomId, to, loan), limit(limit));
            return changes(
                    Optional.of(to.id()),
                    from.map(Version::id),
                    comparison,
                    by(roomId, from.map(Version::id), Optional.of(to.id())));
        }));
    }

    /** What has been changed since a version, until now. */
    public CompletionStage<VersionChanges> changesUntilNow(String roomId, String id, int limit, ByteLoan loan) {
        return loan.during(run(() -> {
            Version from = found(roomId, id);
            RoomSnapshot before = content(roomId, from, loan);
            RoomSnapshot now = Archive.shown(answers.await(commands.snapshot(roomId, loan)), commands.objectLane());
            List<Contributor> by =
                    Contributors.union(by(roomId, Optional.of(from.id()), Optional.empty()), notes.by(roomId));
            return changes(
                    Optional.empty(),
                    Optional.of(from.id()),
                    new Comparison(Optional.of(before), now, limit(limit)),
                    by);
        }));
    }

    private static int limit(int limit) {
        return Math.clamp(limit, 0, MOST_CHANGES);
    }

    private static VersionChanges changes(
            Optional<VersionId> to, Optional<VersionId> from, Comparison comparison, List<Contributor> by) {
        return new VersionChanges(to, from, comparison.counts(), comparison.changes(), comparison.more(), by);
    }

    /** Who has changed the room between two versions, whichever of them is the older one. */
    private List<Contributor> by(String roomId, Optional<VersionId> one, Optional<VersionId> other) {
        boolean isInOrder = one.isEmpty() || other.isEmpty() || one.get().compareTo(other.get()) <= 0;
        Optional<VersionId> after = isInOrder ? one : other;
        Optional<VersionId> last = isInOrder ? other : one;
        List<Contributor> by = List.of();
        Optional<VersionId> before = Optional.empty();
        while (true) {
            List<Version> page = store.versions(roomId, before, A_PAGE);
            for (Version version : page) {
                if (after.isPresent() && version.id().compareTo(after.get()) <= 0) {
                    return by;
                }
                if (last.isEmpty() || version.id().compareTo(last.get()) <= 0) {
                    by = Contributors.union(by, version.contributors());
                }
            }
            if (page.size() < A_PAGE) {
                return by;
            }
            before = Optional.of(page.getLast().id());
        }
    }

    // ---- threads

    /** What waits. */
    @FunctionalInterface
    private interface Work<T> {
        T run() throws VersionException, RoomCommandException;
    }

    private <T> CompletionStage<T> run(Work<T> work) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        try {
            background.execute(() -> {
                try {
                    answer.complete(work.run());
                } catch (Exception | Error e) {
                    answer.completeExceptionally(e);
                }
            });
        } catch (RejectedExecutionException e) {
            answer.completeExceptionally(new VersionStoreException("The server is shutting down", e));
        }
        return answer;
    }
}

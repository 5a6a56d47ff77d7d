package dev.drawbridge.history;

import dev.drawbridge.history.chain.Manifest;
import dev.drawbridge.host.ByteBudget;
import dev.drawbridge.host.ByteLoan;
import dev.drawbridge.host.HostClock;
import dev.drawbridge.host.RoomCommandException;
import dev.drawbridge.room.ObjectLane;
import dev.drawbridge.room.RoomSnapshot;
import dev.drawbridge.room.StoredRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts documents into the store as versions. It waits for the store, in its turn, and holds few bytes besides the document. */
final class Archive {
    private static final Logger log = LoggerFactory.getLogger(Archive.class);

    private static final long BASES = 32L << 20;

    /**
     * From looking for the newest version to writing the next one, which needs it. The Thinner gives a block twice as long
     * before it takes nobody to be writing with it.
     */
    static final Duration LONGEST = Duration.ofMinutes(5);

    private final VersionStore store;
    private final Chains chains;
    private final Turn turn = new Turn();
    private final ReentrantLock changing = new ReentrantLock();
    private final Bases bases = new Bases(BASES);
    private final HostClock clock;
    private final RandomGenerator chance;
    private final ByteBudget memory;
    private final HistoryObserver observer;

    /** @param memory what is read to write takes of it */
    Archive(VersionStore store, HostClock clock, RandomGenerator chance, ByteBudget memory, HistoryObserver observer) {
        this.store = store;
        this.chains = new Chains(store);
        this.clock = clock;
        this.chance = chance;
        this.memory = memory;
        this.observer = observer;
    }

    VersionStore store() {
        return store;
    }

    Chains chains() {
        return chains;
    }

    Turn turn() {
        return turn;
    }

    HistoryObserver observer() {
        return observer;
    }

    ByteLoan loan() {
        return new ByteLoan(memory);
    }

    /** The newest version of a room. */
    Optional<Version> newest(String roomId) {
        return store.versions(roomId, Optional.empty(), 1).stream().findFirst();
    }

    /**
     * What a version is to be.
     *
     * @param always whether there is to be one more when the newest one shows the same
     */
    record Wanted(Reason reason, Optional<String> name, List<Contributor> by, boolean always) {}

    /** A document without its object lane: what a version shows. */
    static RoomSnapshot shown(RoomSnapshot room, ObjectLane lane) {
        List<StoredRecord> documents = lane.isEmpty()
                ? room.documents()
                : room.documents().stream().filter(record -> !lane.has(record)).toList();
        return new RoomSnapshot(documents, Map.of(), room.documentClock(), room.documentClock(), room.schema());
    }

    /**
     * Makes a version of a document, or answers with the newest one, if that shows the same and there need not be another.
     * In the caller's turn.
     *
     * @param loan for what has to be read
     */
    Version put(String roomId, RoomSnapshot document, Wanted wanted, ByteLoan loan) throws RoomCommandException {
        Instant begun = clock.wall();
        long nanos = clock.nanos();
        Manifest manifest = Manifest.of(document.schema(), document.documents());
        Optional<Version> newest = newest(roomId);
        if (newest.isPresent() && !wanted.always() && shows(newest.get(), document, manifest)) {
            return joined(roomId, newest.get(), wanted.by());
        }
        VersionId id = newest.map(before -> before.id().next(begun, chance.nextInt()))
                .orElseGet(() -> VersionId.at(begun, chance.nextInt()));
        Version version = new Version(
                id,
                begun,
                document.documentClock(),
                wanted.name(),
                wanted.reason(),
                wanted.by(),
                document.documents().size(),
                document.size().bytes(),
                manifest.sha256());
        NewBlock block = NewBlock.of(id, document, manifest, base(roomId, newest, loan));
        if (clock.wall().isAfter(begun.plus(LONGEST))) {
            throw new VersionStoreException("It took too long to make a version of the room " + roomId);
        }
        store.add(roomId, version, block.key(), block.bytes());
        bases.put(roomId, block.asBase());
        observer.made(wanted.reason(), clock.nanos() - nanos, block.bytes().length);
        observer.created(roomId, version);
        return version;
    }

    private static boolean shows(Version version, RoomSnapshot document, Manifest manifest) {
        return version.clock() == document.documentClock() && version.sha256().equals(manifest.sha256());
    }

    /** One that is damaged is none: it must not take others with it. */
    private Optional<Base> base(String roomId, Optional<Version> newest, ByteLoan loan) throws RoomCommandException {
        if (newest.isEmpty()) {
            return Optional.empty();
        }
        Optional<Base> known = bases.of(roomId, newest.get().id());
        if (known.isPresent()) {
            return known;
        }
        try {
            return Optional.of(chains.base(roomId, newest.get(), loan::tryTake));
        } catch (VersionException e) {
            log.warn("{}. The next one is kept whole", e.getMessage());
            return Optional.empty();
        }
    }

    /** Who has changed the room and is told of only now has done it before this version, for it shows all changes. */
    private Version joined(String roomId, Version version, List<Contributor> by) {
        List<Contributor> all = Contributors.union(version.contributors(), by);
        if (all.equals(version.contributors())) {
            return version;
        }
        return change(
                        roomId,
                        version.id(),
                        known -> new Version(
                                known.id(),
                                known.time(),
                                known.clock(),
                                known.name(),
                                known.reason(),
                                all,
                                known.records(),
                                known.bytes(),
                                known.sha256()))
                .orElse(version);
    }

    /** Changes what is known of a version, one change at a time. */
    Optional<Version> change(String roomId, VersionId id, UnaryOperator<Version> change) {
        changing.lock();
        try {
            return store.version(roomId, id).map(change).filter(changed -> store.update(roomId, changed));
        } finally {
            changing.unlock();
        }
    }

    void forget(String roomId) {
        store.removeRoom(roomId);
        bases.forget(roomId);
    }
}

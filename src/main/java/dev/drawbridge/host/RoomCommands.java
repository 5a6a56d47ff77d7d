package dev.drawbridge.host;

import dev.drawbridge.json.JsonObject;
import dev.drawbridge.json.JsonValue;
import dev.drawbridge.json.Quoted;
import dev.drawbridge.protocol.CloseReason;
import dev.drawbridge.room.Admitted;
import dev.drawbridge.room.DamagedRecordException;
import dev.drawbridge.room.Effect;
import dev.drawbridge.room.FirstContent;
import dev.drawbridge.room.LimitExceededException;
import dev.drawbridge.room.ObjectLane;
import dev.drawbridge.room.Rights;
import dev.drawbridge.room.Room;
import dev.drawbridge.room.RoomLoader;
import dev.drawbridge.room.RoomSnapshot;
import dev.drawbridge.room.RoomUpdate;
import dev.drawbridge.room.SessionInfo;
import dev.drawbridge.room.StoredRecord;
import dev.drawbridge.schema.MigrationException;
import dev.drawbridge.schema.ValidationException;
import dev.drawbridge.store.RoomStore;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * What an operator may do with rooms, those that are open and those that are only stored: these are opened to be changed,
 * and put away again, and are read where they are stored. A change goes by the room's own rules, reaches every client, and its stage ends when it is stored. A stage
 * fails with a {@link RoomCommandException}; with another exception when the store fails.
 */
public final class RoomCommands {
    private final RoomRegistry registry;
    private final RoomLoader loader;
    private final RoomDirectory directory;
    private final Neighbours neighbours;
    private final NodeIdentity node;
    private final ClosedRooms closed;

    public RoomCommands(
            RoomRegistry registry, RoomStore store, RoomLoader loader, NodeIdentity node, Neighbours neighbours) {
        this.registry = registry;
        this.loader = loader;
        this.directory = new RoomDirectory(registry, store, node, neighbours);
        this.neighbours = neighbours;
        this.node = node;
        this.closed = new ClosedRooms(store, loader, registry.background());
    }

    // ---- rooms

    /** Rooms in the order of their ids. */
    public CompletionStage<RoomListing> list(RoomQuery query) {
        return directory.list(query);
    }

    public CompletionStage<RoomDetails> describe(String roomId) {
        return directory.find(roomId).thenCompose(found -> found.map(CompletableFuture::completedStage)
                .orElseGet(() -> CompletableFuture.failedStage(new RoomCommandException.NoSuchRoom(roomId))));
    }

    /** Makes a room, with the content of a snapshot or with that of a new room. */
    public CompletionStage<RoomDetails> create(String roomId, Optional<RoomSnapshot> content) {
        CompletionStage<Optional<FirstContent>> admitted = content.isEmpty()
                ? CompletableFuture.completedStage(Optional.empty())
                : admitted(content.get()).thenApply(first -> Optional.of(FirstContent.of(first.snapshot())));
        return admitted.thenCompose(first -> registry.submit(roomId, new Command.Create(roomId, first)))
                .thenCompose(created -> describe(roomId));
    }

    /** Deletes a room for good, with all that is stored; who is in it is refused with {@code NOT_FOUND}. */
    public CompletionStage<Void> delete(String roomId) {
        // A room that is not open is not opened for it: what is damaged can be deleted too.
        return registry.open(roomId)
                .map(RoomHost::delete)
                .orElseGet(() -> registry.deleteStored(roomId))
                .thenCompose(existed -> existed
                        ? CompletableFuture.completedStage(null)
                        : CompletableFuture.failedStage(new RoomCommandException.NoSuchRoom(roomId)));
    }

    /** Puts a room away: its clients connect again and have it loaded anew. One that is not open stays as it is. */
    public CompletionStage<Void> unload(String roomId) {
        return registry.open(roomId)
                .map(RoomHost::unload)
                .orElseGet(() -> CompletableFuture.completedStage(false))
                .thenCompose(wasOpen -> wasOpen ? CompletableFuture.completedStage(null) : describe(roomId))
                .thenAccept(done -> {});
    }

    /**
     * Takes a room that is open here to another node, with those in it whose sockets are not here. Ends with what there is to
     * say of it then.
     *
     * @param wanted the node; the best other one when none is named
     */
    public CompletionStage<RoomDetails> move(String roomId, Optional<String> wanted) {
        return describe(roomId).thenCompose(known -> goes(roomId, wanted)).thenCompose(gone -> describe(roomId));
    }

    private CompletionStage<?> goes(String roomId, Optional<String> wanted) {
        if (!neighbours.isCluster()) {
            return CompletableFuture.failedStage(new RoomCommandException.NoCluster(
                    "This server is alone: there is none that the room could go to"));
        }
        if (registry.open(roomId).isEmpty()) {
            return CompletableFuture.failedStage(new RoomCommandException.CannotMove(
                    "The room " + roomId + " is not open: it will be where it is asked for"));
        }
        if (wanted.equals(Optional.of(node.id()))) {
            return CompletableFuture.completedStage(true);
        }
        try {
            String successor = successor(wanted);
            return neighbours
                    .move(roomId, successor)
                    .thenCompose(gone -> gone
                            ? CompletableFuture.completedStage(true)
                            : CompletableFuture.failedStage(new RoomCommandException.Unavailable("The room " + roomId
                                    + " has not gone to the node " + successor + " with its sessions")));
        } catch (RoomCommandException e) {
            return CompletableFuture.failedStage(e);
        }
    }

    private String successor(Optional<String> wanted) throws RoomCommandException {
        if (wanted.isEmpty()) {
            return neighbours
                    .successor()
                    .orElseThrow(() -> new RoomCommandException.CannotMove("There is no other node that takes rooms"));
        }
        Neighbours.Neighbour named = neighbours.all().stream()
                .filter(each -> each.nodeId().equals(wanted.get()))
                .findAny()
                .orElseThrow(() -> new RoomCommandException.NoSuchNode(wanted.get()));
        if (named.draining()) {
            throw new RoomCommandException.CannotMove("The node " + named.nodeId() + " stops, and takes no rooms");
        }
        return named.nodeId();
    }

    // ---- documents

    /**
     * The whole of a room. One that is open costs a reference to each record on its thread; one that is not is read from the
     * store, without being opened.
     *
     * @param loan what it takes in memory, if it is read from the store
     */
    public CompletionStage<RoomSnapshot> snapshot(String roomId, ByteLoan loan) {
        return registry.submit(roomId, new Command.Read<>(roomId, Room::snapshot, () -> closed.snapshot(roomId, loan)));
    }

    /**
     * A record as it is read.
     *
     * @param documentClock the clock of the room
     */
    public record Read(Optional<StoredRecord> record, long documentClock) {}

    /**
     * Looks a record up, however large the room is: in a room that is open, or else in the store, which reads that one. Only
     * when what is stored is so old that its records are migrated together it reads the room.
     */
    public CompletionStage<Read> record(String roomId, String recordId, ByteLoan loan) {
        return registry.submit(
                roomId,
                new Command.Read<>(
                        roomId,
                        room -> new Read(room.record(recordId), room.documentClock()),
                        () -> closed.record(roomId, recordId, loan)));
    }

    /**
     * Looks some records up, those of a room that is open all at the same clock; those that are not there are left out. A room that is not open is read
     * from the store, record by record.
     */
    public CompletionStage<List<StoredRecord>> records(String roomId, List<String> recordIds, ByteLoan loan) {
        return registry.submit(
                roomId,
                new Command.Read<>(
                        roomId,
                        room -> recordIds.stream()
                                .flatMap(id -> room.record(id).stream())
                                .toList(),
                        () -> closed.records(roomId, recordIds, loan)));
    }

    /**
     * A page of a room's records. A room that is open gives a reference to each record, once for all who ask before its next
     * change, and a thread that rooms do not run on looks for the page among them; one that is not open is read from the
     * store, no more of it kept than the page.
     */
    public CompletionStage<RecordsPage> records(String roomId, RecordsQuery query, ByteLoan loan) {
        return registry.submit(
                        roomId,
                        new Command.Read<Supplier<CompletionStage<RecordsPage>>>(
                                roomId,
                                room -> {
                                    List<StoredRecord> records = room.records();
                                    long clock = room.documentClock();
                                    return () -> CompletableFuture.supplyAsync(
                                            () -> closed.page(records, clock, query), registry.background());
                                },
                                () -> closed.records(roomId, query, loan)
                                        .thenApply(page -> () -> CompletableFuture.completedStage(page))))
                .thenCompose(Supplier::get);
    }

    /**
     * Makes a room's document what a snapshot holds; clients receive the difference.
     *
     * @param objects whether the records of the object lane are made those of the snapshot as well; if not, they stay
     */
    public CompletionStage<Replaced> replace(
            String roomId, RoomSnapshot content, boolean objects, OptionalLong ifClock) {
        return admitted(content).thenCompose(admitted -> replace(roomId, admitted, objects, ifClock));
    }

    /** Which records are of the object lane. */
    public ObjectLane objectLane() {
        return loader.objectLane();
    }

    private CompletionStage<Replaced> replace(String roomId, Admitted content, boolean objects, OptionalLong ifClock) {
        return registry.submit(roomId, new Command<>(roomId, true, room -> {
            checkClock(room, ifClock);
            RoomSnapshot before = room.snapshot();
            List<Effect> effects = changed(() -> room.load(content.snapshot(), objects));
            return new Command.Result<>(effects, new Replaced(room.documentClock(), before));
        }));
    }

    /**
     * Takes in a room that comes from elsewhere, whole or not at all: as a new room, or, if that is wanted, in place of what
     * the room holds. A room that is there and is to stay is not even opened.
     */
    public CompletionStage<RoomImport.Outcome> take(String roomId, RoomImport wanted) {
        return describe(roomId)
                .<Boolean>handle((there, error) -> error == null)
                .thenCompose(isThere -> isThere && !wanted.replace()
                        ? CompletableFuture.failedStage(new RoomCommandException.RoomExists(roomId))
                        : admitted(wanted.content()))
                .thenCompose(admitted -> {
                    FirstContent first = wanted.first(admitted.snapshot());
                    return registry.submit(roomId, new Command.Create(roomId, Optional.of(first)))
                            .thenCompose(created -> describe(roomId))
                            .thenApply(room -> RoomImport.created(admitted, room, RoomLoader.goesOn(first)))
                            .exceptionallyCompose(error -> wanted.replace() && isRoomExists(error)
                                    ? replace(roomId, admitted, false, OptionalLong.empty())
                                            .thenApply(replaced -> RoomImport.replaced(admitted, replaced))
                                    : CompletableFuture.failedStage(error));
                });
    }

    private static boolean isRoomExists(Throwable error) {
        return error instanceof RoomCommandException.RoomExists
                || error.getCause() instanceof RoomCommandException.RoomExists;
    }

    public CompletionStage<RoomPatch.Outcome> update(String roomId, RoomPatch patch) {
        return registry.submit(roomId, new Command<>(roomId, patch.isLarge(), room -> {
            checkClock(room, patch.ifClock());
            RoomUpdate.Outcome[] outcome = new RoomUpdate.Outcome[1];
            List<Effect> effects = changed(() -> room.update(view -> {
                for (JsonObject record : patch.puts()) {
                    put(view, record);
                }
                patch.deletes().forEach(view::delete);
                outcome[0] = view.outcome();
            }));
            RoomPatch.Outcome counted = new RoomPatch.Outcome(
                    room.documentClock(), outcome[0].created(), outcome[0].updated(), outcome[0].deleted());
            return new Command.Result<>(effects, counted);
        }));
    }

    /**
     * Makes of one record what it is to be, in the room's own turn: nothing comes between looking and writing. Ends with
     * whether the record has changed; one that is not there has not.
     *
     * @param rewriting is quick, and gives the record itself when nothing is to change
     */
    public CompletionStage<Boolean> rewrite(String roomId, String recordId, UnaryOperator<JsonObject> rewriting) {
        return registry.submit(roomId, new Command<>(roomId, true, room -> {
            boolean[] changed = new boolean[1];
            List<Effect> effects = changed(() -> room.update(view -> {
                Optional<JsonObject> record = view.get(recordId);
                if (record.isPresent()) {
                    view.put(rewriting.apply(record.get()));
                }
                changed[0] = view.outcome().updated() > 0;
            }));
            return new Command.Result<>(effects, changed[0]);
        }));
    }

    /** One of many is wrong: the message says which. */
    private static void put(RoomUpdate view, JsonObject record) throws ValidationException {
        try {
            view.put(record);
        } catch (ValidationException e) {
            throw new ValidationException(Quoted.of(record.get("id")) + ": " + e.getMessage());
        }
    }

    private static void checkClock(Room room, OptionalLong ifClock) throws RoomCommandException {
        if (ifClock.isPresent() && ifClock.getAsLong() != room.documentClock()) {
            throw new RoomCommandException.ClockMismatch(room.documentClock());
        }
    }

    /** To migrate and to validate a large one takes long. */
    private CompletionStage<Admitted> admitted(RoomSnapshot content) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return loader.admit(content);
                    } catch (MigrationException | ValidationException | DamagedRecordException e) {
                        throw new CompletionException(new RoomCommandException.Invalid(String.valueOf(e.getMessage())));
                    }
                },
                registry.background());
    }

    /** A change of a document, and how it may be refused. */
    @FunctionalInterface
    private interface Change {
        List<Effect> make() throws ValidationException, MigrationException, LimitExceededException;
    }

    private static List<Effect> changed(Change change) throws RoomCommandException {
        try {
            return change.make();
        } catch (LimitExceededException e) {
            throw new RoomCommandException.LimitReached(e.limit(), String.valueOf(e.getMessage()));
        } catch (ValidationException | MigrationException e) {
            throw new RoomCommandException.Invalid(String.valueOf(e.getMessage()));
        }
    }

    // ---- sessions

    /** Who is in a room; nobody in one that is only stored. */
    public CompletionStage<List<SessionDetails>> sessions(String roomId) {
        return ifOpen(
                roomId,
                room -> Command.Result.of(
                        room.sessions().stream().map(RoomCommands::details).toList()),
                List.of());
    }

    private static SessionDetails details(SessionInfo session) {
        return new SessionDetails(
                session.visitor().sessionId(),
                Optional.ofNullable(session.visitor().userId()),
                Optional.ofNullable(session.visitor().userName()),
                SessionDetails.State.valueOf(session.state().name()),
                session.protocol(),
                session.migrationsBehind(),
                Instant.ofEpochMilli(session.openedAt()),
                session.rights(),
                session.connection() instanceof ClientConnection connection ? connection.queuedBytes() : 0);
    }

    /**
     * Somebody's presence: where they are, what they see and have selected, as they have told it last.
     *
     * @param presence the presence record; empty for one who has not told any
     */
    public record Present(SessionDetails session, Optional<JsonObject> presence) {}

    /** Who is where in a room; nobody in one that is only stored. */
    public CompletionStage<List<Present>> presence(String roomId) {
        return ifOpen(
                roomId,
                room -> Command.Result.of(room.sessions().stream()
                        .map(session -> new Present(
                                details(session),
                                room.presence(session.visitor().sessionId())))
                        .toList()),
                List.of());
    }

    /** Sends somebody away for good, with the reason that the person is shown. */
    public CompletionStage<Void> dismiss(String roomId, String sessionId, CloseReason reason) {
        return inSession(roomId, sessionId, room -> new Command.Result<>(room.closeSession(sessionId, reason), true))
                .thenAccept(done -> {});
    }

    /** Changes what somebody may do, at once. The client is made to connect again within a second, to learn of it. */
    public CompletionStage<Void> changeRights(String roomId, String sessionId, Rights rights) {
        return inSession(roomId, sessionId, room -> {
                    room.changeRights(sessionId, rights);
                    return Command.Result.of(true);
                })
                .thenAccept(done -> {});
    }

    /** Sends a custom message to all in a room; ends with how many these are. */
    public CompletionStage<Integer> send(String roomId, JsonValue data) {
        return ifOpen(
                roomId,
                room -> {
                    List<Effect> effects = room.sendCustom(data);
                    return new Command.Result<>(effects, effects.size());
                },
                0);
    }

    /** Sends a custom message to one in a room; ends with how many have been sent one: none while its client is lost. */
    public CompletionStage<Integer> send(String roomId, String sessionId, JsonValue data) {
        return inSession(roomId, sessionId, room -> {
            List<Effect> effects = room.sendCustom(sessionId, data);
            return new Command.Result<>(effects, effects.size());
        });
    }

    private <T> CompletionStage<T> inSession(String roomId, String sessionId, Command.Action<T> action) {
        RoomCommandException nobody = new RoomCommandException.NoSuchSession(roomId, sessionId);
        if (registry.open(roomId).isEmpty()) {
            return describe(roomId).thenCompose(stored -> CompletableFuture.failedStage(nobody));
        }
        return submit(roomId, room -> {
            checkSession(room, roomId, sessionId);
            return action.applyTo(room);
        });
    }

    private static void checkSession(Room room, String roomId, String sessionId) throws RoomCommandException {
        if (room.sessions().stream()
                .noneMatch(session -> session.visitor().sessionId().equals(sessionId))) {
            throw new RoomCommandException.NoSuchSession(roomId, sessionId);
        }
    }

    // ---- how a command gets to its room

    private <T> CompletionStage<T> submit(String roomId, Command.Action<T> action) {
        return registry.submit(roomId, new Command<>(roomId, false, action));
    }

    /** Nobody is in a room that is not open: it need not be opened to know that. */
    private <T> CompletionStage<T> ifOpen(String roomId, Command.Action<T> action, T otherwise) {
        return registry.open(roomId).isPresent()
                ? submit(roomId, action)
                : describe(roomId).thenApply(stored -> otherwise);
    }
}

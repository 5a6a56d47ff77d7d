package dev.drawbridge.room;

import dev.drawbridge.diff.NetworkDiff;
import dev.drawbridge.diff.RecordDiffer;
import dev.drawbridge.diff.RecordOp;
import dev.drawbridge.json.JsonObject;
import dev.drawbridge.json.JsonValue;
import dev.drawbridge.protocol.ClientMessage;
import dev.drawbridge.protocol.DataEvent;
import dev.drawbridge.protocol.Limit;
import dev.drawbridge.protocol.RefusalReason;
import dev.drawbridge.protocol.ServerMessage;
import dev.drawbridge.schema.MigrationException;
import dev.drawbridge.schema.StoreSchema;
import dev.drawbridge.schema.ValidationException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One room: the counterpart of the reference's {@code TLSyncRoom}. Every input comes with the time in milliseconds, and
 * every call returns what has to happen, in order. It is used by one thread at a time.
 *
 * <p>A document change is made in memory at once; nothing that reflects it may leave the house before the
 * {@link Effect.Changed} that precedes it is stored. A room whose change could not be stored is thrown away.
 */
public final class Room {
    private final StoreSchema schema;
    private final RoomSettings settings;
    private final Supplier<String> presenceIds;
    private final RoomDocument document;
    private final Presences presences = new Presences();
    private final Sessions sessions = new Sessions();
    private final Door door;
    private final Growth growth;
    private final Handshake handshake;
    private final Hydration hydration;
    private boolean closed;

    /**
     * @param snapshot the stored state, in the schema's own version
     * @param presenceIds makes a new random text at each call; presence records are named with it
     */
    public Room(RoomSnapshot snapshot, StoreSchema schema, RoomSettings settings, Supplier<String> presenceIds) {
        this.schema = schema;
        this.settings = settings;
        this.presenceIds = presenceIds;
        this.document = new RoomDocument(snapshot);
        this.door = new Door(settings.limits(), sessions);
        this.growth = new Growth(settings.limits());
        this.handshake = new Handshake(schema);
        this.hydration = new Hydration(document, presences, schema.serialize().json());
    }

    // ---- what sockets do

    /**
     * A socket was opened. One that comes with the id of a known session replaces it: it inherits the presence, and the
     * old socket is closed (§15, §21.3). One that finds the room full is refused.
     */
    public List<Effect> open(Connection connection, Visitor visitor, long now) {
        List<Effect> effects = new ArrayList<>();
        Door.Entrance entrance = door.of(visitor);
        if (entrance == Door.Entrance.REFUSED) {
            String why = "there may be " + settings.limits().sessions() + " sessions";
            effects.add(hit(Limit.SESSIONS_PER_ROOM, why));
            effects.add(new Effect.Close(connection, Optional.of(RefusalReason.ROOM_FULL), why));
            return effects;
        }
        if (entrance == Door.Entrance.VIEWER_FOR_NOW) {
            effects.add(hit(Limit.EDITORS_PER_ROOM, settings.limits().editors() + " sessions may edit"));
        }
        boolean readonly = entrance != Door.Entrance.EDITOR;
        Optional<Session> replaced = sessions.byId(visitor.sessionId());
        String presenceId = replaced.map(Session::presenceId)
                .orElseGet(() -> schema.presenceType().orElse("presence") + ":" + presenceIds.get());
        if (replaced.isPresent()) {
            sessions.remove(replaced.get());
            effects.add(close(replaced.get(), null, "replaced by a new socket"));
        }
        sessions.add(new Session(visitor, connection, presenceId, readonly, settings.limits(), now));
        return effects;
    }

    private static Effect hit(Limit limit, String why) {
        return new Effect.LimitHit(limit, why);
    }

    /**
     * A message came over a socket.
     *
     * @param length of the message, in characters
     */
    public List<Effect> receive(Connection connection, ClientMessage message, int length, long now) {
        List<Effect> effects = new ArrayList<>();
        Optional<Session> from = sessions.of(connection).filter(session -> !session.isLost());
        if (from.isPresent()) {
            Session session = from.get();
            Optional<Limit> exceeded = session.count(length, now);
            if (exceeded.isPresent()) {
                effects.add(hit(exceeded.get(), "it sends too much"));
                refuse(session, RefusalReason.RATE_LIMITED, "it sends too much", effects);
                return effects;
            }
            try {
                switch (message) {
                    case ClientMessage.Connect connect -> connect(session, connect, now, effects);
                    case ClientMessage.Push push -> push(session, push, now, effects);
                    case ClientMessage.Ping ignored -> ping(session, now, effects);
                }
            } catch (RefusalException e) {
                refuse(session, e.reason(), e.why(), effects);
            }
        }
        return effects;
    }

    /** What came over a socket is not to be borne: its session is refused for good, with that reason (§7). */
    public List<Effect> refuse(Connection connection, RefusalReason reason, String why) {
        List<Effect> effects = new ArrayList<>();
        // What still comes over a lost socket is not its client's last word.
        sessions.of(connection)
                .filter(session -> !session.isLost())
                .ifPresent(session -> refuse(session, reason, why, effects));
        return effects;
    }

    /**
     * A socket was closed, or is to be closed because its framing broke. The session waits for a while in case its client
     * comes back (§15).
     */
    public List<Effect> lose(Connection connection, String why, long now) {
        List<Effect> effects = new ArrayList<>();
        sessions.of(connection)
                .filter(session -> !session.isLost())
                .ifPresent(session -> lose(session, why, now, effects));
        return effects;
    }

    // ---- what time does

    /** Time has passed: gives up on silent sessions, removes lost ones, forgets old tombstones. About once a second. */
    public List<Effect> tick(long now) {
        List<Effect> effects = new ArrayList<>();
        for (Session session : sessions.all()) {
            switch (session.verdict(settings, now)) {
                case KEEP -> {
                    // still welcome
                }
                case GIVE_UP -> lose(session, "silent for too long", now, effects);
                case REMOVE -> remove(session, null, "gone", effects);
                case RECONNECT -> lose(session, "what it may do has changed", now, effects);
                case EXPIRE -> refuse(session, RefusalReason.NOT_AUTHENTICATED, "its permission has expired", effects);
            }
        }
        document.pruneTombstones(settings).ifPresent(change -> effects.add(new Effect.Changed(change)));
        return effects;
    }

    // ---- what the host does

    /**
     * Changes the document from the host's side. All of it lands as one change and reaches every client.
     *
     * @throws ValidationException when a record is invalid; nothing has changed then
     * @throws LimitExceededException when the room would be too large; nothing has changed then
     * @throws IllegalStateException when the room is closed
     */
    public List<Effect> update(RoomUpdate.Updater updater) throws ValidationException, LimitExceededException {
        if (closed) {
            throw new IllegalStateException("the room is closed");
        }
        DocumentTransaction transaction = new DocumentTransaction(document, RecordDiffer.STRING_APPENDS);
        RoomUpdate view = new RoomUpdate(document, transaction, schema);
        try {
            updater.update(view);
        } finally {
            view.close();
        }
        return landed(transaction, true);
    }

    private List<Effect> landed(DocumentTransaction transaction, boolean validated) throws LimitExceededException {
        List<Effect> effects = new ArrayList<>();
        RoomDocument.Draft draft = document.draft(transaction.changes());
        growth.check(document.size(), draft.size());
        apply(draft, validated, effects);
        broadcast(transaction.changes(), RecordDiffer.STRING_APPENDS, null, effects);
        return effects;
    }

    /**
     * Makes the document what a snapshot holds. It lands as one change: unequal records are put, absent ones deleted, and
     * clients receive the difference (§17). As in the reference the records are migrated but not validated.
     *
     * @throws MigrationException when the snapshot cannot be brought to our version; nothing has changed then
     * @throws LimitExceededException when the room would be too large; nothing has changed then
     * @throws IllegalStateException when the room is closed
     */
    public List<Effect> load(RoomSnapshot snapshot) throws MigrationException, LimitExceededException {
        if (closed) {
            throw new IllegalStateException("the room is closed");
        }
        DocumentTransaction transaction = new DocumentTransaction(document, RecordDiffer.STRING_APPENDS);
        Set<String> absent = new LinkedHashSet<>(document.ids());
        for (StoredRecord record :
                new SnapshotMigration(schema).migrated(snapshot).documents()) {
            absent.remove(record.id());
            transaction.put(record.id(), ParsedRecords.parse(record));
        }
        absent.forEach(transaction::remove);
        return landed(transaction, false);
    }

    /** Sends a message of the host's own to all connected sessions. */
    public List<Effect> sendCustom(JsonValue data) {
        List<Effect> effects = new ArrayList<>();
        ServerMessage message = new ServerMessage.Custom(data);
        for (Session session : sessions.all()) {
            if (session.isConnected()) {
                effects.add(new Effect.Send(session.connection(), message));
            }
        }
        return effects;
    }

    /** Sends a message of the host's own to one session; nothing happens when it is not connected. */
    public List<Effect> sendCustom(String sessionId, JsonValue data) {
        return sessions.byId(sessionId)
                .filter(Session::isConnected)
                .map(session -> List.<Effect>of(new Effect.Send(session.connection(), new ServerMessage.Custom(data))))
                .orElse(List.of());
    }

    /** Ends a session, for good when a reason is given, else so that its client may connect again. */
    public List<Effect> closeSession(String sessionId, @Nullable RefusalReason reason) {
        List<Effect> effects = new ArrayList<>();
        sessions.byId(sessionId).ifPresent(session -> {
            if (reason == null) {
                remove(session, null, "closed by the host", effects);
            } else {
                refuse(session, reason, "closed by the host", effects);
            }
        });
        return effects;
    }

    /**
     * Changes what a session may do. That counts at once, and for whatever socket comes with its id while the room is
     * open; its client is made to connect again by the next tick, because it has no other way to learn of it. Nothing
     * happens when there is no such session.
     */
    public void changeRights(String sessionId, boolean readonly) {
        sessions.byId(sessionId).ifPresent(session -> {
            door.change(session.visitor(), readonly);
            session.changeRights(readonly);
        });
    }

    /** Everybody is refused with that reason, and no update is taken any more. */
    public List<Effect> dissolve(RefusalReason reason, String why) {
        closed = true;
        List<Effect> effects = new ArrayList<>();
        for (Session session : sessions.all()) {
            sessions.remove(session);
            sayGoodbye(session, reason, why, effects);
        }
        return effects;
    }

    /** Closes the room: every socket is closed so that its client connects again, and no update is taken any more. */
    public List<Effect> close(String why) {
        closed = true;
        List<Effect> effects = new ArrayList<>();
        for (Session session : sessions.all()) {
            sessions.remove(session);
            effects.add(close(session, null, why));
        }
        return effects;
    }

    public RoomSnapshot snapshot() {
        return document.snapshot();
    }

    public long documentClock() {
        return document.clock();
    }

    public boolean isEmpty() {
        return sessions.isEmpty();
    }

    /** All sessions, those that are lost for the moment included. */
    public List<SessionInfo> sessions() {
        return sessions.all().stream().map(Session::info).toList();
    }

    public int sessionCount() {
        return sessions.size();
    }

    /** How large the document is. */
    public DocumentSize size() {
        return document.size();
    }

    // ---- handshake and hydration

    private void connect(Session session, ClientMessage.Connect connect, long now, List<Effect> effects)
            throws RefusalException {
        session.setLegacyRefusal(Handshake.wantsLegacyRefusal(connect));
        Dialect dialect = sessions.shared(handshake.accept(connect));
        try {
            effects.add(new Effect.Send(session.connection(), hydration.response(connect, session, dialect)));
        } catch (MigrationException e) {
            throw new RefusalException(RefusalReason.CLIENT_TOO_OLD, e.getMessage());
        }
        session.connected(dialect, (int) ClientMessage.number(connect.protocolVersion()), now);
        sessions.changed();
    }

    private void ping(Session session, long now, List<Effect> effects) {
        if (session.isConnected()) {
            session.heardOf(now);
            effects.add(new Effect.Send(session.connection(), new ServerMessage.Pong()));
        }
    }

    // ---- push

    private void push(Session session, ClientMessage.Push push, long now, List<Effect> effects)
            throws RefusalException {
        if (!session.isConnected()) {
            return;
        }
        session.heardOf(now);
        PushTransaction transaction = new PushTransaction(schema, session, document, presences);
        work(transaction, push);
        Optional<LimitExceededException> tooLarge = applyDocuments(session, transaction, effects);
        transaction.presenceChange().ifPresent(this::applyPresence);

        Optional<MigrationException> failure = answer(session, push, transaction, effects);
        Collection<RecordChange> changes = new ArrayList<>(transaction.documentChanges());
        transaction.presenceChange().ifPresent(changes::add);
        tooLarge.ifPresent(limit -> tellOfLimit(session, limit, effects));
        broadcast(changes, session.dialect().differ(), session.connection(), effects);
        failure.ifPresent(e -> refuse(session, RefusalReason.CLIENT_TOO_OLD, String.valueOf(e.getMessage()), effects));
    }

    /** What would make the room too large is discarded; the presence that came with it is not. */
    private Optional<LimitExceededException> applyDocuments(
            Session session, PushTransaction transaction, List<Effect> effects) {
        RoomDocument.Draft draft = document.draft(transaction.documentChanges());
        try {
            growth.check(document.size(), draft.size());
        } catch (LimitExceededException e) {
            transaction.discardDocuments();
            return Optional.of(e);
        }
        if (!draft.changes().isEmpty()) {
            session.mayHaveToBeToldOfLimitAgain();
        }
        apply(draft, true, effects);
        return Optional.empty();
    }

    private static void tellOfLimit(Session session, LimitExceededException limit, List<Effect> effects) {
        effects.add(hit(limit.limit(), String.valueOf(limit.getMessage())));
        if (session.isToBeToldOfLimit()) {
            effects.add(new Effect.Send(session.connection(), notice(limit)));
        }
    }

    private static ServerMessage notice(LimitExceededException limit) {
        return new ServerMessage.Custom(JsonObject.builder()
                .put("type", "drawbridge.limit")
                .put("limit", limit.limit().name())
                .put("max", limit.most())
                .build());
    }

    /** Nothing of it is real before all of it has been worked through, so a bug in between costs the pusher only. */
    private static void work(PushTransaction transaction, ClientMessage.Push push) throws RefusalException {
        try {
            if (push.presence() != null) {
                transaction.pushPresence(push.presence());
            }
            if (push.diff() != null) {
                transaction.pushDocuments(push.diff());
            }
        } catch (DamagedRecordException e) {
            throw e; // the room's misfortune, not the pusher's fault
        } catch (RuntimeException e) {
            throw new RefusalException(RefusalReason.UNKNOWN_ERROR, e + " at " + e.getStackTrace()[0]);
        }
    }

    /** What it came to is real by now; a pusher that cannot be told is refused after the others have been (§21.10). */
    private Optional<MigrationException> answer(
            Session session, ClientMessage.Push push, PushTransaction transaction, List<Effect> effects) {
        try {
            DataEvent result =
                    new DataEvent.PushResult(push.clientClock(), document.clock(), transaction.action(push.diff()));
            effects.add(new Effect.Send(session.connection(), result));
            return Optional.empty();
        } catch (MigrationException e) {
            return Optional.of(e);
        }
    }

    private void apply(RoomDocument.Draft draft, boolean validated, List<Effect> effects) {
        if (!draft.changes().isEmpty()) {
            effects.add(new Effect.Changed(document.apply(draft, validated)));
        }
    }

    private void applyPresence(RecordChange change) {
        switch (change) {
            case RecordChange.Created(String id, JsonObject record) -> presences.put(id, record);
            case RecordChange.Updated updated -> presences.put(updated.id(), updated.after());
            case RecordChange.Deleted(String id, JsonObject ignored) -> presences.remove(id);
        }
    }

    /** Tells all connected sessions but one. Who cannot be told in its own schema is refused, and nobody else (§13). */
    private void broadcast(
            Collection<RecordChange> changes,
            RecordDiffer computedWith,
            @Nullable Connection except,
            List<Effect> effects) {
        if (changes.isEmpty()) {
            return;
        }
        Map<Connection, String> cannotBeTold = new LinkedHashMap<>();
        for (Sessions.Audience audience : sessions.audiences()) {
            if (audience.isOnly(except)) {
                continue;
            }
            try {
                NetworkDiff diff = audience.dialect().diffOf(changes, computedWith);
                effects.add(new Effect.Broadcast(
                        audience.connections(), except, new DataEvent.Patch(document.clock(), diff)));
            } catch (MigrationException e) {
                audience.connections().forEach(each -> cannotBeTold.put(each, String.valueOf(e.getMessage())));
            }
        }
        if (except != null) {
            cannotBeTold.remove(except);
        }
        if (!cannotBeTold.isEmpty()) {
            // None of them may be told of another's end: with it would come a clock whose change it has not seen (§10).
            cannotBeTold.keySet().forEach(connection -> sessions.of(connection).ifPresent(Session::deafen));
            sessions.changed();
        }
        cannotBeTold.forEach((connection, why) -> sessions.of(connection)
                .ifPresent(session -> refuse(session, RefusalReason.CLIENT_TOO_OLD, why, effects)));
    }

    // ---- the end of a session

    private void lose(Session session, String why, long now, List<Effect> effects) {
        session.lost(now);
        sessions.changed();
        effects.add(close(session, null, why));
    }

    private void refuse(Session session, RefusalReason reason, String why, List<Effect> effects) {
        remove(session, reason, why, effects);
    }

    private void remove(Session session, @Nullable RefusalReason reason, String why, List<Effect> effects) {
        sessions.remove(session);
        sayGoodbye(session, reason, why, effects);
        if (presences.remove(session.presenceId())) {
            NetworkDiff gone = NetworkDiff.of(session.presenceId(), RecordOp.Remove.INSTANCE);
            DataEvent patch = new DataEvent.Patch(document.clock(), gone);
            for (Sessions.Audience audience : sessions.audiences()) {
                effects.add(new Effect.Broadcast(audience.connections(), null, patch));
            }
        }
        effects.add(new Effect.SessionRemoved(session.id()));
        if (sessions.isEmpty()) {
            effects.add(new Effect.RoomBecameEmpty());
        }
    }

    /** Clients before protocol 7 are told a reason by a message, the others by the close (§7). */
    private static void sayGoodbye(Session session, @Nullable RefusalReason reason, String why, List<Effect> effects) {
        if (reason != null && session.wantsLegacyRefusal()) {
            effects.add(new Effect.Send(session.connection(), new ServerMessage.IncompatibilityError(reason)));
            effects.add(close(session, null, reason + ": " + why));
        } else {
            effects.add(close(session, reason, why));
        }
    }

    private static Effect close(Session session, @Nullable RefusalReason reason, String why) {
        return new Effect.Close(session.connection(), Optional.ofNullable(reason), why);
    }
}

package dev.drawbridge.room;

import dev.drawbridge.diff.RecordDiffer;
import dev.drawbridge.json.JsonObject;
import dev.drawbridge.json.JsonValue;
import dev.drawbridge.protocol.ClientMessage;
import dev.drawbridge.protocol.CloseReason;
import dev.drawbridge.protocol.DataEvent;
import dev.drawbridge.protocol.Limit;
import dev.drawbridge.protocol.RefusalReason;
import dev.drawbridge.protocol.ServerMessage;
import dev.drawbridge.schema.MigrationException;
import dev.drawbridge.schema.StoreSchema;
import dev.drawbridge.schema.ValidationException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
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
    /** Milliseconds. */
    private static final long REST_EVERY = 5_000;

    private final StoreSchema schema;
    private final RoomSettings settings;
    private final Supplier<String> presenceIds;
    private final RoomDocument document;
    private final Presences presences = new Presences();
    private final Dialects dialects;
    private final Lobby lobby;
    private final Sessions sessions = new Sessions();
    private final Door door;
    private final Growth growth;
    private final Farewells farewells;
    private final Broadcasts broadcasts;
    private final Questions questions = new Questions();
    private final Pushes pushes;
    private final Handshake handshake;
    private final UnknownSequences unknown;
    private final Hydration hydration;
    private final Moving moving;
    private boolean closed;
    private long restedAt;

    /**
     * @param snapshot the stored state, in the schema's own version
     * @param presenceIds makes a new random text at each call; presence records are named with it
     */
    public Room(RoomSnapshot snapshot, StoreSchema schema, RoomSettings settings, Supplier<String> presenceIds) {
        this(snapshot, schema, settings, presenceIds, Lobby.Turn.DEFAULT);
    }

    Room(
            RoomSnapshot snapshot,
            StoreSchema schema,
            RoomSettings settings,
            Supplier<String> presenceIds,
            Lobby.Turn turn) {
        this.schema = schema;
        this.settings = settings;
        this.presenceIds = presenceIds;
        this.document = new RoomDocument(snapshot);
        this.dialects = new Dialects(document);
        this.lobby = new Lobby(document, turn);
        this.door = new Door(settings.limits().room(), sessions);
        this.growth = new Growth(settings.limits().room());
        this.farewells = new Farewells(sessions, presences, document);
        this.broadcasts = new Broadcasts(sessions, document, farewells);
        this.pushes = new Pushes(schema, document, dialects, presences, settings, broadcasts, farewells, questions);
        this.unknown = new UnknownSequences(schema, document);
        this.handshake = new Handshake(schema, dialects, unknown);
        this.hydration = new Hydration(document, presences, schema);
        this.moving = new Moving(
                sessions,
                presences,
                handshake,
                schema.serialize().json(),
                settings.limits().session());
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
            String why = "there may be " + settings.limits().room().sessions() + " sessions";
            effects.add(hit(Limit.SESSIONS_PER_ROOM, why));
            effects.add(new Effect.Close(connection, Optional.of(RefusalReason.ROOM_FULL), why));
            return effects;
        }
        if (entrance == Door.Entrance.VIEWER_FOR_NOW) {
            effects.add(hit(Limit.EDITORS_PER_ROOM, settings.limits().room().editors() + " sessions may edit"));
        }
        Rights rights = door.rightsOf(visitor);
        Rights granted = entrance == Door.Entrance.EDITOR ? rights : rights.onlyReading();
        Optional<Session> replaced = sessions.byId(visitor.sessionId());
        String presenceId = replaced.map(Session::presenceId)
                .orElseGet(() -> schema.presenceType().orElse("presence") + ":" + presenceIds.get());
        replaced.ifPresent(session -> farewells.replace(session, effects));
        sessions.add(new Session(
                visitor, connection, presenceId, granted, settings.limits().session(), now));
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
            Optional<Limit> exceeded = session.count(message, length, now);
            if (exceeded.isPresent()) {
                effects.add(hit(exceeded.get(), "it sends too much"));
                farewells.remove(session, RefusalReason.RATE_LIMITED, "it sends too much", effects);
                return effects;
            }
            handleOrHold(session, message, length, now, effects);
        }
        return effects;
    }

    /** Whoever waits for us is not taken for gone: pings are answered all the while. */
    private void handleOrHold(Session session, ClientMessage message, int length, long now, List<Effect> effects) {
        Optional<HeldMessages> held = session.held();
        if (held.isEmpty()
                || (message instanceof ClientMessage.Ping && session.question().isPresent())) {
            handle(session, message, now, effects);
        } else if (!held.get().add(message, length)) {
            farewells.lose(session, "says too much while it waits to be answered", now, effects);
        }
    }

    /** It waits no longer: what its client has said meanwhile follows, unless it has to wait again. */
    private void handleHeld(Session session, HeldMessages held, long now, List<Effect> effects) {
        for (Optional<HeldMessages.Held> next = held.next(); next.isPresent() && isHere(session); next = held.next()) {
            handleOrHold(session, next.get().message(), next.get().length(), now, effects);
        }
    }

    private void handle(Session session, ClientMessage message, long now, List<Effect> effects) {
        try {
            switch (message) {
                case ClientMessage.Connect connect -> connect(session, connect, now, effects);
                case ClientMessage.Push push -> pushes.push(session, push, now, effects);
                case ClientMessage.Ping ignored -> ping(session, now, effects);
            }
        } catch (RefusalException e) {
            refuse(session, e, effects);
        }
    }

    private void refuse(Session session, RefusalException e, List<Effect> effects) {
        e.limit().ifPresent(limit -> effects.add(hit(limit, e.why())));
        farewells.remove(session, e.reason(), e.why(), effects);
    }

    /** What came over a socket is not to be borne: its session is refused for good, with that reason (§7). */
    public List<Effect> refuse(Connection connection, RefusalReason reason, String why) {
        List<Effect> effects = new ArrayList<>();
        // What still comes over a lost socket is not its client's last word.
        sessions.of(connection)
                .filter(session -> !session.isLost())
                .ifPresent(session -> farewells.remove(session, reason, why, effects));
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
                .ifPresent(session -> farewells.lose(session, why, now, effects));
        return effects;
    }

    /**
     * It has been decided elsewhere about the writes of a push, for which {@link Effect.Ask} has asked: it goes on with these
     * verdicts, unless the room has moved on meanwhile, so that other writes have to be decided about. An answer that comes a second
     * time, or for which nobody waits any more, changes nothing.
     *
     * @param number of the question
     * @param verdicts on its writes, in their order; when they are not as many all are refused
     */
    public List<Effect> answered(long number, List<WriteVerdict> verdicts, long now) {
        List<Effect> effects = new ArrayList<>();
        Optional<Session> waiting = questions.answered(number).filter(this::isHere);
        if (waiting.isPresent()) {
            Session session = waiting.get();
            Questions.Question question = session.question().orElseThrow();
            HeldMessages held = session.held().orElseThrow();
            session.waitsNoLonger();
            question.decisions().answered(verdicts);
            try {
                pushes.goOn(session, question, now, effects);
            } catch (RefusalException e) {
                refuse(session, e, effects);
            }
            handleHeld(session, held, now, effects);
        }
        return effects;
    }

    /** A message is still coming in over a socket: its client is not silent (§21.11). */
    public List<Effect> hear(Connection connection, long now) {
        sessions.of(connection).ifPresent(session -> session.hear(now));
        return List.of();
    }

    /**
     * Brings a client up to date that reads too slowly: what waited for it has been dropped. The answer is one patch, for it
     * alone, that makes of what it knew at a clock what is true now: each document record that has changed since, whole;
     * each that was deleted since; the presence of everybody else, whole; and who has gone. It may come later, with the
     * effects of {@link #work}; and if what was missed is not remembered any more, the socket is closed so that its
     * client connects again.
     *
     * <p>A tldraw client puts what it hears on top of what the server has confirmed, and its own pushes, as far as they have
     * no result yet, on top of that again. So it makes no difference to it whether it is told of each change or of what
     * the changes came to, as long as the results of its own pushes come in order, none missing. The host therefore has to
     * send the results that it dropped before this patch, in their order, in the same {@code data} message, and each as
     * {@link DataEvent.PushResult#discarded} at that clock: the client takes back what it had assumed, and whatever became true of it is
     * in the patch. What the room says after this patch is to be sent as usual.
     *
     * @param sinceClock the clock of the last event that the client is sure to have received, or of the answer to its connect
     */
    public List<Effect> catchUp(Connection connection, long sinceClock, long now) {
        List<Effect> effects = new ArrayList<>();
        sessions.of(connection)
                .filter(session -> session.isConnected()
                        && (session.held().isEmpty() || session.question().isPresent()))
                .ifPresent(session -> {
                    CatchingUp guest = new CatchingUp(session, sinceClock);
                    Optional<Translation> translation = session.dialect().translation();
                    if (translation.isEmpty()) {
                        guest.serve(now, effects);
                    } else {
                        lobby.receive(guest, translation.get(), now, effects);
                    }
                });
        return effects;
    }

    // ---- moving to another node

    /** All who take part, as they go with the room when it moves. */
    public List<Passenger> passengers() {
        return moving.passengers();
    }

    /**
     * Those whose sockets do not go with the room are removed; the others are told. Who waits for us does not go either: what
     * it waits with would be lost, and its client pushes it again when it has connected again.
     */
    public List<Effect> leaveBehind(Predicate<Connection> remains, String why) {
        List<Effect> effects = new ArrayList<>();
        List<Farewells.Leaving> leaving = new ArrayList<>();
        for (Session session : sessions.all()) {
            boolean goes = session.isConnected() && session.held().isEmpty() && !remains.test(session.connection());
            boolean isKnown = session.knownDialect().isPresent();
            if (!goes && !(session.isLost() && isKnown)) {
                leaving.add(new Farewells.Leaving(session, null, why));
            }
        }
        farewells.removeAll(leaving, effects);
        return effects;
    }

    /** A room that has moved here: those who took part in it will go on, each when its socket has been brought to it. */
    public List<Effect> expect(List<Passenger> passengers, long now) {
        List<Effect> effects = new ArrayList<>();
        List<RecordChange> come = moving.expect(passengers, document.clock(), now);
        broadcasts.tell(come, RecordDiffer.STRING_APPENDS, null, effects);
        return effects;
    }

    /**
     * Somebody who was expected goes on over a socket, without a handshake: its client notices nothing, unless it has to be
     * told what has happened meanwhile. Where that cannot be done its socket is closed so that it connects again.
     *
     * @param sinceClock the clock that its client has reached
     */
    public List<Effect> resume(Connection connection, Visitor visitor, long sinceClock, long now) {
        List<Effect> effects = new ArrayList<>();
        boolean upToDate = moving.isUpToDate() && sinceClock == document.clock();
        if (sinceClock > document.clock() || !document.remembers(sinceClock)) {
            effects.add(new Effect.Close(connection, Optional.empty(), "it cannot go on at clock " + sinceClock));
            return effects;
        }
        Optional<Session> session = moving.resume(connection, visitor, now);
        if (session.isEmpty()) {
            effects.add(new Effect.Close(connection, Optional.empty(), "nobody expects it"));
        } else {
            session.get().dialect().view(); // what the next change makes appear is to be told it
            effects.add(new Effect.SessionJoined(session.get().info()));
            if (!upToDate) {
                effects.addAll(catchUp(connection, sinceClock, now));
            }
        }
        return effects;
    }

    // ---- what time does

    /**
     * Time has passed: gives up on silent sessions, removes lost ones, forgets old tombstones. About once a second.
     *
     * @param wallClock the time of day in milliseconds, by which permissions end
     */
    public List<Effect> tick(long now, long wallClock) {
        List<Effect> effects = new ArrayList<>();
        List<Farewells.Leaving> leaving = new ArrayList<>();
        for (Session session : sessions.all()) {
            session.knownDialect().flatMap(Dialect::translation).ifPresent(used -> used.used(now));
            switch (session.verdict(settings, now, wallClock)) {
                case KEEP -> {
                    // still welcome
                }
                case GIVE_UP -> farewells.lose(session, "silent for too long", now, effects);
                case REMOVE -> leaving.add(new Farewells.Leaving(session, null, "gone"));
                case RECONNECT -> farewells.lose(session, "what it may do has changed", now, effects);
                case EXPIRE ->
                    leaving.add(new Farewells.Leaving(
                            session, RefusalReason.NOT_AUTHENTICATED, "its permission has expired"));
            }
        }
        farewells.removeAll(leaving, effects);
        document.pruneTombstones(settings).ifPresent(change -> effects.add(new Effect.Changed(change)));
        dialects.trim(now, lobby::isBusyWith);
        if (now - restedAt >= REST_EVERY) {
            restedAt = now;
            document.rest();
        }
        return effects;
    }

    /** Goes on with what did not fit into an input before; to be called once for each {@link Effect.MoreWork}. */
    public List<Effect> work(long now) {
        List<Effect> effects = new ArrayList<>();
        if (!closed) {
            lobby.turn(now, effects);
        }
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
        growth.check(document.size(), draft);
        document.land(draft, validated).ifPresent(change -> {
            dialects.changed(change);
            effects.add(new Effect.Changed(change));
        });
        broadcasts.tell(transaction.changes(), RecordDiffer.STRING_APPENDS, null, effects);
        return effects;
    }

    /**
     * Makes the document what a snapshot holds. It lands as one change: unequal records are put, absent ones deleted, and
     * clients receive the difference (§17): of a large one each record whole, and clients of an older schema are closed
     * to come again, because a translation of it is done in turns. As in the reference the records are migrated but not
     * validated.
     *
     * @param objects whether the records of the object lane are made those of the snapshot as well; if not, they stay as they
     *     are, and those of the snapshot are passed over
     * @throws MigrationException when the snapshot cannot be brought to our version; nothing has changed then
     * @throws LimitExceededException when the room would be too large; nothing has changed then
     * @throws IllegalStateException when the room is closed
     */
    public List<Effect> load(RoomSnapshot snapshot, boolean objects) throws MigrationException, LimitExceededException {
        if (closed) {
            throw new IllegalStateException("the room is closed");
        }
        RoomSnapshot migrated = new SnapshotMigration(schema).migrated(snapshot);
        agree(migrated);
        ObjectLane kept = objects ? ObjectLane.NONE : new ObjectLane(schema.objectTypes());
        Replacement replacement = Replacement.of(document, migrated, kept);
        if (!replacement.isSmall()) {
            return replaced(replacement);
        }
        DocumentTransaction transaction = new DocumentTransaction(document, RecordDiffer.STRING_APPENDS);
        replacement.puts().forEach(record -> transaction.put(record.id(), record.unpack()));
        replacement.deletes().forEach(transaction::remove);
        return landed(transaction, false);
    }

    private void agree(RoomSnapshot other) throws MigrationException {
        try {
            unknown.agree(other.schema());
        } catch (RefusalException e) {
            throw new MigrationException(String.valueOf(e.getMessage()));
        }
    }

    private List<Effect> replaced(Replacement replacement) throws LimitExceededException {
        List<Effect> effects = new ArrayList<>();
        RoomDocument.Draft draft = document.draft(replacement.puts(), replacement.deletes(), Map.of());
        growth.check(document.size(), draft);
        long before = document.clock();
        document.land(draft, false).ifPresent(change -> {
            dialects.replaced(change);
            effects.add(new Effect.Changed(change));
            broadcasts.tellWhole(document.putsSince(before), replacement.deletes(), effects);
        });
        return effects;
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
    public List<Effect> closeSession(String sessionId, @Nullable CloseReason reason) {
        List<Effect> effects = new ArrayList<>();
        sessions.byId(sessionId).ifPresent(session -> farewells.remove(session, reason, "closed by the host", effects));
        return effects;
    }

    /**
     * Changes what a session may do. That counts at once, and for whatever socket comes with its id while the room is
     * open; its client is made to connect again by the next tick, because it has no other way to learn of it. Nothing
     * happens when there is no such session.
     */
    public void changeRights(String sessionId, Rights rights) {
        sessions.byId(sessionId).ifPresent(session -> {
            door.change(session.visitor(), rights);
            session.changeRights(rights);
            sessions.changed(session);
        });
    }

    /** Everybody is refused with that reason, and no update is taken any more. */
    public List<Effect> dissolve(RefusalReason reason, String why) {
        closed = true;
        List<Effect> effects = new ArrayList<>();
        farewells.endAll(reason, why, effects);
        return effects;
    }

    /** Closes the room: every socket is closed so that its client connects again, and no update is taken any more. */
    public List<Effect> close(String why) {
        closed = true;
        List<Effect> effects = new ArrayList<>();
        farewells.endAll(null, why, effects);
        return effects;
    }

    public RoomSnapshot snapshot() {
        return document.snapshot();
    }

    /**
     * The records of the document as they are now, in no particular order. What this costs is a reference to each, once
     * for all who ask before the next change; nothing is copied or encoded.
     */
    public List<StoredRecord> records() {
        return document.recordsSince(RoomDocument.EVER);
    }

    /** A record of the document; empty when there is none by that id. */
    public Optional<StoredRecord> record(String id) {
        return document.stored(id);
    }

    /** Whether it was opened with this very schema: another one may have the same versions. */
    public boolean isOf(StoreSchema current) {
        return schema == current;
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

    /** The presence record of a session; empty when it has none. */
    public Optional<JsonObject> presence(String sessionId) {
        return sessions.byId(sessionId).map(session -> presences.get(session.presenceId()));
    }

    /** How many bytes the presence records take. */
    public long presenceBytes() {
        return presences.bytes();
    }

    /** How many bytes are kept for clients of older schemas: of the document in their form, and what they do not see of it. */
    public long translatedBytes() {
        return dialects.bytes();
    }

    /** How often a record has been migrated for clients of older schemas since the room was opened. */
    public long recordsMigrated() {
        return dialects.migrated();
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
        Dialect dialect = handshake.accept(connect);
        Optional<Translation> translation = dialect.translation();
        if (translation.isEmpty()) {
            answer(session, connect, dialect, now, effects);
        } else {
            Connecting guest = new Connecting(session, connect, dialect, session.waits());
            lobby.receive(guest, translation.get(), now, effects);
        }
    }

    private void answer(Session session, ClientMessage.Connect connect, Dialect dialect, long now, List<Effect> effects)
            throws RefusalException {
        try {
            effects.add(new Effect.Send(session.connection(), hydration.response(connect, session, dialect)));
        } catch (MigrationException e) {
            throw new RefusalException(RefusalReason.CLIENT_TOO_OLD, e.getMessage());
        }
        session.connected(dialect, (int) ClientMessage.number(connect.protocolVersion()), now);
        session.toldOfPresences(presences.departed());
        sessions.changed(session);
        effects.add(new Effect.SessionJoined(session.info()));
    }

    private boolean isHere(Session session) {
        return !session.isLost() && sessions.of(session.connection()).orElse(null) == session;
    }

    /** A client whose connect is answered as soon as it can be. */
    private final class Connecting implements Lobby.Guest {
        private final Session session;
        private final ClientMessage.Connect connect;
        private final Dialect dialect;
        private final HeldMessages held;

        Connecting(Session session, ClientMessage.Connect connect, Dialect dialect, HeldMessages held) {
            this.session = session;
            this.connect = connect;
            this.dialect = dialect;
            this.held = held;
        }

        @Override
        public boolean isGone() {
            return !isHere(session) || session.held().orElse(null) != held;
        }

        @Override
        public long since() {
            return hydration.since(connect, dialect);
        }

        @Override
        public void serve(long now, List<Effect> effects) {
            session.waitsNoLonger();
            try {
                answer(session, connect, dialect, now, effects);
            } catch (RefusalException e) {
                farewells.remove(session, e.reason(), e.why(), effects);
            }
            handleHeld(session, held, now, effects);
        }
    }

    /** A client that has missed something. */
    private final class CatchingUp implements Lobby.Guest {
        private final Session session;
        private final Dialect dialect;
        private final long sinceClock;

        CatchingUp(Session session, long sinceClock) {
            this.session = session;
            this.dialect = session.dialect();
            this.sinceClock = sinceClock;
        }

        @Override
        public boolean isGone() {
            return !isHere(session) || !session.isConnected() || session.dialect() != dialect;
        }

        @Override
        public long since() {
            return sinceClock;
        }

        @Override
        public void serve(long now, List<Effect> effects) {
            Optional<DataEvent.Patch> missed;
            try {
                missed = hydration.missed(session, sinceClock);
            } catch (MigrationException e) {
                missed = Optional.empty();
            }
            missed.ifPresentOrElse(
                    patch -> effects.add(new Effect.Send(session.connection(), patch)),
                    () -> farewells.lose(session, "has missed more than is remembered", now, effects));
        }
    }

    private void ping(Session session, long now, List<Effect> effects) {
        if (session.isConnected()) {
            session.heardOf(now);
            effects.add(new Effect.Send(session.connection(), new ServerMessage.Pong()));
        }
    }
}

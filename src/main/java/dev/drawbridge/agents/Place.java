package dev.drawbridge.agents;

import dev.drawbridge.agents.board.BoardEdit;
import dev.drawbridge.agents.board.Pointing;
import dev.drawbridge.history.Reason;
import dev.drawbridge.history.Version;
import dev.drawbridge.history.VersionId;
import dev.drawbridge.host.ByteLoan;
import dev.drawbridge.host.RoomCommandException;
import dev.drawbridge.host.RoomCommands;
import dev.drawbridge.json.JsonArray;
import dev.drawbridge.json.JsonObject;
import dev.drawbridge.json.JsonString;
import dev.drawbridge.json.JsonValue;
import dev.drawbridge.json.Quoted;
import dev.drawbridge.protocol.CloseReason;
import dev.drawbridge.protocol.DataEvent.Verdict;
import dev.drawbridge.protocol.Limit;
import dev.drawbridge.protocol.ObjectAccess;
import dev.drawbridge.protocol.RefusalReason;
import dev.drawbridge.room.Rights;
import dev.drawbridge.room.StoredRecord;
import dev.drawbridge.room.Visitor;
import dev.drawbridge.schema.StoreSchema;
import dev.drawbridge.schema.ValidationException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An agent in a room, from its first coming in until it leaves or is idle for too long, over as many connections as that
 * takes. What it does it does one after the other, on threads that may wait.
 */
final class Place {
    private static final Logger log = LoggerFactory.getLogger(Place.class);

    /** So many changes may wait for those before them. */
    private static final int MOST_WAITING = 16;

    /** A room that moves, or is put away, is there again soon. */
    private static final int MOST_ATTEMPTS = 7;

    private static final Duration FIRST_PAUSE = Duration.ofMillis(50);

    private static final long PING_MILLIS = 5_000;

    private final String roomId;
    private final Agent agent;
    private final Appearance appearance;
    private final AgentServices services;
    private final AtomicInteger waiting = new AtomicInteger();
    private final AtomicReference<@Nullable Runnable> nextLook = new AtomicReference<>();
    private final ReentrantLock turn = new ReentrantLock(true);
    private volatile @Nullable Conversation talk;
    private volatile boolean left;
    private volatile long usedAt;

    // These belong to whose turn it is.
    private @Nullable Rights rights;
    private Optional<Pointing> at = Optional.empty();
    private boolean hasChangedSomething;

    // This belongs to the ticks.
    private long pingedAt;

    Place(String roomId, Agent agent, AgentServices services) {
        this.roomId = roomId;
        this.agent = agent;
        this.appearance = Appearance.of(agent);
        this.services = services;
        this.usedAt = services.clock().millis();
    }

    Agent agent() {
        return agent;
    }

    /** When it was used last, in milliseconds. */
    long usedAt() {
        return usedAt;
    }

    boolean isBusy() {
        return waiting.get() > 0;
    }

    /** Comes to use it; to be followed by {@link #done}. False when as much waits as may. */
    boolean use() {
        usedAt = services.clock().millis();
        if (waiting.incrementAndGet() > MOST_WAITING) {
            waiting.decrementAndGet();
            return false;
        }
        return true;
    }

    void done() {
        usedAt = services.clock().millis();
        waiting.decrementAndGet();
    }

    /** Whether it is nothing but a wish: it has not come in, or its connection is over. */
    boolean isOut() {
        Conversation open = talk;
        return open == null || open.isOver();
    }

    /** Time has passed; about once a second, always by the same thread. Never waits. */
    void tick(long now) {
        Conversation open = talk;
        if (open != null && now - pingedAt >= PING_MILLIS) {
            pingedAt = now;
            open.ping();
        }
    }

    /** Goes out of the room, and does not come back. Never waits. */
    void leave() {
        left = true;
        Conversation open = talk;
        if (open != null) {
            open.close();
        }
    }

    // ---- what it does

    Written write(Rights may, BoardEdit edit) throws AgentException {
        StoreSchema schema = services.schema().get();
        Change change = Change.of(edit, schema);
        JsonObject diff = change.diff();
        turn.lock();
        try (ByteLoan loan = new ByteLoan(services.memory())) {
            Optional<Pointing> there = edit.at().or(() -> at);
            JsonValue presence = presence(there, schema);
            Conversation in = enter(may, schema);
            check(in, may, change, schema);
            Conversation.Message message = message(in, diff, presence, loan);
            Optional<VersionId> before = hasChangedSomething ? Optional.empty() : version();
            return written(in, message, new Push(may, schema, change, diff, presence, there, before), loan);
        } finally {
            turn.unlock();
        }
    }

    /** Only the newest of those that wait is shown. */
    void look(Rights may, Pointing where) {
        Runnable mine = () -> show(may, where);
        if (nextLook.getAndSet(mine) != null) {
            return;
        }
        turn.lock();
        try {
            Runnable newest = nextLook.getAndSet(null);
            if (newest != null) {
                newest.run();
            }
        } finally {
            turn.unlock();
        }
    }

    private void show(Rights may, Pointing where) {
        StoreSchema schema = services.schema().get();
        try {
            Optional<Pointing> there = Optional.of(where);
            JsonValue presence = presence(there, schema);
            Conversation in = enter(may, schema);
            if (presence != null) {
                in.push(null, presence);
            }
            at = there;
        } catch (AgentException | LostException e) {
            log.debug("room {}: an agent is not shown: {}", Quoted.bare(roomId), e.getMessage());
        }
    }

    /** Where it is, as the room is told; none where presences are not tldraw's. */
    private @Nullable JsonValue presence(Optional<Pointing> there, StoreSchema schema) throws AgentException.Invalid {
        JsonObject record = appearance.record(there, services.clock().wall());
        if (!schema.presenceType().equals(Optional.ofNullable(record.string("typeName")))) {
            return null;
        }
        try {
            schema.validate(null, record);
        } catch (ValidationException e) {
            throw new AgentException.Invalid("where the agent is: " + e.getMessage());
        }
        return new JsonArray(List.of(new JsonString("put"), record));
    }

    private Conversation.Message message(Conversation in, JsonObject diff, @Nullable JsonValue presence, ByteLoan loan)
            throws AgentException {
        Conversation.Message message = in.encoded(diff, presence);
        int bytes = message.text().length;
        int most = services.settings().mostBytes();
        if (bytes > most) {
            throw new AgentException.LimitReached(
                    Limit.MESSAGE_LENGTH, "A change of " + bytes + " bytes; one may have " + most);
        }
        if (!loan.tryTake(bytes)) {
            throw new AgentException.Busy("Others have the memory for changes, at the moment");
        }
        return message;
    }

    // ---- coming in

    /** The conversation with the room; a new one when there is none, or other rights. */
    private Conversation enter(Rights may, StoreSchema schema) throws AgentException {
        Conversation open = talk;
        if (open != null && !open.isOver() && may.equals(rights)) {
            return open;
        }
        if (open != null) {
            open.close();
        }
        Duration pause = FIRST_PAUSE;
        for (int attempts = 1; ; attempts++) {
            try {
                return entered(may, schema);
            } catch (LostException e) {
                if (e.refusal().isPresent()) {
                    throw refused(e.refusal().get());
                }
                if (attempts == MOST_ATTEMPTS) {
                    throw new AgentException.Unavailable(
                            "The room " + roomId + " cannot be entered: " + e.getMessage());
                }
                rest(pause);
                pause = pause.multipliedBy(2);
            }
        }
    }

    private Conversation entered(Rights may, StoreSchema schema) throws AgentException, LostException {
        if (left) {
            throw gone();
        }
        long clock = asked(services.rooms().describe(roomId)).documentClock();
        Visitor visitor =
                new Visitor(agent.sessionId(), may, agent.userId().orElse(null), appearance.name(), Long.MAX_VALUE);
        Conversation in = Conversation.begin(
                services.entrance(),
                roomId,
                visitor,
                schema.serialize(),
                clock,
                services.background(),
                services.settings().patience());
        rights = may;
        talk = in;
        if (left) {
            in.close();
            throw gone();
        }
        return in;
    }

    private static AgentException.Unavailable gone() {
        return new AgentException.Unavailable("The agent has left the room");
    }

    private static void rest(Duration pause) throws AgentException.Unavailable {
        try {
            Thread.sleep(pause);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AgentException.Unavailable("The server is shutting down");
        }
    }

    /** What a person would be shown, and what it means for a change: nothing has come of it. */
    private AgentException refused(CloseReason reason) {
        return switch (reason.kind()) {
            case NOT_FOUND -> new AgentException.NoSuchRoom(roomId);
            case FORBIDDEN, NOT_AUTHENTICATED ->
                new AgentException.NotAllowed(
                        reason, "The room " + roomId + " has sent the agent away: " + reason.text());
            case INVALID_RECORD ->
                new AgentException.Invalid("The room " + roomId + " says that a record is invalid: " + reason.text());
            case ROOM_FULL -> new AgentException.RoomFull(roomId);
            case RATE_LIMITED ->
                new AgentException.LimitReached(Limit.PUSH_RATE, "The agent changes too much in too short a time");
            case MESSAGE_TOO_LARGE ->
                new AgentException.LimitReached(Limit.MESSAGE_LENGTH, "The change is larger than one may be");
            case UNKNOWN_ERROR, CLIENT_TOO_OLD, SERVER_TOO_OLD ->
                new AgentException.Unavailable("The room " + roomId + " has sent the agent away: " + reason.text());
        };
    }

    /** Whoever only looks on is not even heard: what they push is passed over without a word (§12.2). */
    private void check(Conversation in, Rights may, Change change, StoreSchema schema)
            throws AgentException.NotAllowed {
        Heard.Connected welcome = in.welcome();
        if (!welcome.isReadonly()
                || (welcome.objects() == ObjectAccess.WRITE && change.isAboutObjects(schema.objectTypes()))) {
            return;
        }
        throw new AgentException.NotAllowed(
                RefusalReason.FORBIDDEN,
                may.readonly()
                        ? "The agent may only look at the room " + roomId
                        : "The agent may only look at the room " + roomId
                                + " now: as many edit it as may, or somebody who runs the server has decided so");
    }

    // ---- the version before

    private Optional<VersionId> version() throws AgentException {
        if (services.versions().isEmpty()) {
            return Optional.empty();
        }
        try {
            Version version = get(services.versions().get().keep(roomId, Reason.BEFORE_AGENT));
            return Optional.of(version.id());
        } catch (ExecutionException | TimeoutException e) {
            if (cause(e) instanceof RoomCommandException.NoSuchRoom) {
                throw new AgentException.NoSuchRoom(roomId);
            }
            log.warn(
                    "room {}: an agent changes nothing, because no version can be made before",
                    Quoted.bare(roomId),
                    cause(e));
            throw new AgentException.Unavailable(
                    "No version of the room " + roomId + " can be made, and without one nothing is changed");
        }
    }

    // ---- the push

    /** A change on its way. */
    private record Push(
            Rights may,
            StoreSchema schema,
            Change change,
            JsonObject diff,
            @Nullable JsonValue presence,
            Optional<Pointing> there,
            Optional<VersionId> before) {

        Written written(long clock, List<String> passedOver) {
            return new Written(clock, before, passedOver);
        }
    }

    /**
     * Says it, and says it again when the room was lost in the middle and it is known that nothing has come of it.
     *
     * @param loan of what is looked at to know that
     */
    private Written written(Conversation first, Conversation.Message message, Push push, ByteLoan loan)
            throws AgentException {
        Conversation in = first;
        Conversation.Message said = message;
        for (int attempts = 1; ; attempts++) {
            long clockBefore = in.serverClock();
            try {
                return judged(in, in.push(said), push, loan);
            } catch (LostException e) {
                Became became = became(push, clockBefore, loan, e);
                switch (became.what) {
                    case ALL -> {
                        return told(push, push.written(became.documentClock, List.of()));
                    }
                    case UNKNOWN -> throw unknown(e);
                    case NOTHING -> {
                        if (e.refusal().isPresent()) {
                            throw refused(e.refusal().get());
                        }
                        if (attempts == MOST_ATTEMPTS || e.mayYetBeDone()) {
                            throw unknown(e);
                        }
                    }
                }
            }
            in = enter(push.may, push.schema);
            check(in, push.may, push.change, push.schema);
            said = in.encoded(push.diff, push.presence);
        }
    }

    private Became became(Push push, long clockBefore, ByteLoan loan, LostException lost) throws AgentException {
        try {
            return became(push.change, clockBefore, loan);
        } catch (AgentException.Unavailable e) {
            throw unknown(lost);
        }
    }

    private AgentException unknown(LostException e) {
        return new AgentException.Unknown(e.getMessage() + ", and whether the change was made is not known");
    }

    /** Something has come of it: the next change is not the first one any more. */
    private Written told(Push push, Written written) {
        hasChangedSomething = true;
        at = push.there;
        return written;
    }

    private Written judged(Conversation in, Heard.Result result, Push push, ByteLoan loan)
            throws AgentException, LostException {
        Change change = push.change;
        if (result.verdict() != Verdict.DISCARD) {
            in.notFull();
            List<String> passedOver = result.verdict() == Verdict.COMMIT
                    ? List.of()
                    : change.ids().stream()
                            .filter(id -> !result.effects().contains(id))
                            .toList();
            return told(push, push.written(result.serverClock(), passedOver));
        }
        at = push.there;
        if (change.isEmpty()) {
            return push.written(result.serverClock(), List.of());
        }
        in.push(null, null); // what there is to say of a limit is said after the answer, and before the answer to this
        OptionalLong clock = clockIfSo(change, loan);
        if (clock.isPresent()) {
            return push.written(clock.getAsLong(), change.ids());
        }
        if (in.full().isPresent()) {
            Heard.Full full = in.full().get();
            throw new AgentException.LimitReached(full.limit(), words(full));
        }
        throw new AgentException.Discarded("The room " + roomId + " has passed over all of it: the agent may not write"
                + " these records, or they are of another type there");
    }

    private String words(Heard.Full full) {
        return switch (full.limit()) {
            case RECORDS_PER_ROOM -> "The room " + roomId + " may have no more than " + full.most() + " records";
            case BYTES_PER_ROOM -> "The room " + roomId + " may have no more than " + full.most() + " bytes";
            case RECORD_BYTES -> "A record may have no more than " + full.most() + " bytes";
            default -> "The room " + roomId + " has reached its limit " + full.limit() + " of " + full.most();
        };
    }

    // ---- what became of it

    private enum What {
        /** The board is as it was to be. */
        ALL,
        /** It is as though nothing had been said. */
        NOTHING,
        /** Somebody has changed the same records, before or after. */
        UNKNOWN
    }

    private record Became(What what, long documentClock) {}

    /**
     * Looks at the records that a change is about, when its answer was lost.
     *
     * @param clockBefore the room's clock at some moment before it was said: a record that is not as it was to be and has not
     *     been changed since shows that the change, which is made as a whole, was not made
     */
    private Became became(Change change, long clockBefore, ByteLoan loan) throws AgentException {
        boolean all = !change.isEmpty();
        boolean untouched = change.isEmpty();
        long clock = clockBefore;
        for (String id : change.ids()) {
            RoomCommands.Read read = asked(services.rooms().record(roomId, id, loan));
            clock = read.documentClock();
            boolean isSo = change.isSo(id, read.record());
            all &= isSo;
            untouched |=
                    !isSo && read.record().map(StoredRecord::lastChangedClock).orElse(0L) <= clockBefore;
        }
        return new Became(all ? What.ALL : untouched ? What.NOTHING : What.UNKNOWN, clock);
    }

    /** The room's clock, if all is as it was to be. */
    private OptionalLong clockIfSo(Change change, ByteLoan loan) throws AgentException {
        OptionalLong clock = OptionalLong.empty();
        for (String id : change.ids()) {
            RoomCommands.Read read = asked(services.rooms().record(roomId, id, loan));
            if (!change.isSo(id, read.record())) {
                return OptionalLong.empty();
            }
            clock = OptionalLong.of(read.documentClock());
        }
        return clock;
    }

    // ---- waiting

    private <T> T asked(CompletionStage<T> answer) throws AgentException {
        try {
            return get(answer);
        } catch (ExecutionException | TimeoutException e) {
            if (cause(e) instanceof RoomCommandException.NoSuchRoom) {
                throw new AgentException.NoSuchRoom(roomId);
            }
            log.debug("room {}: an agent gets no answer", Quoted.bare(roomId), e);
            throw new AgentException.Unavailable(
                    cause(e) instanceof RoomCommandException known
                            ? String.valueOf(known.getMessage())
                            : "The room " + roomId + " cannot be read now");
        }
    }

    private <T> T get(CompletionStage<T> answer) throws ExecutionException, TimeoutException, AgentException {
        try {
            return answer.toCompletableFuture()
                    .get(services.settings().patience().toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AgentException.Unavailable("The server is shutting down");
        }
    }

    private static Throwable cause(Exception e) {
        Throwable cause = e.getCause();
        return cause instanceof CompletionException && cause.getCause() != null
                ? cause.getCause()
                : cause == null ? e : cause;
    }
}

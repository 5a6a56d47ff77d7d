package dev.drawbridge.room;

import dev.drawbridge.json.JsonObject;
import dev.drawbridge.protocol.ClientMessage;
import dev.drawbridge.protocol.Limit;
import dev.drawbridge.protocol.Limits;
import dev.drawbridge.room.SessionInfo.State;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** One client's stay in the room, from its socket's opening to its removal (§15). */
final class Session {
    /** Within this a connect message must have come, however slowly it comes. */
    private static final long LONGEST_CONNECT_MILLIS = 60_000;
    /** A change within a record has it read, compared, written and stored as a whole: it is these for which that counts. */
    private static final int LARGE_RECORD = 1 << 20;

    /**
     * What somebody types into a text of a megabyte. A record of sixteen, changed thirty times a second, would take the
     * room all of its time.
     */
    private static final long REWRITTEN_BYTES_PER_SECOND = 16 << 20;

    private final Visitor visitor;
    private final Limits.OfSession limits;
    private final Connection connection;
    private final String presenceId;
    private final long openedAt;
    private final Allowance messages;

    /** Half of what may come at once: who was away for long brings much, and must not be kept out by it. */
    private final double mostCost;

    private final Allowance characters;
    private final Allowance rewritten;
    private Rights rights;
    private State state = State.AWAITING_CONNECT;
    /** When the socket was opened, when the client was last heard of, or when it was lost: as the state says. */
    private long since;

    private boolean legacyRefusal;
    private @Nullable Dialect dialect;
    private Sessions.Place place = Sessions.Place.NONE;
    /** What its client has said while it waits for us; none while it does not wait. */
    private @Nullable HeldMessages held;
    /** What it waits for, if that is verdicts on its push. */
    private Questions.@Nullable Question question;
    /** How many presences had departed when it was last told all of them. */
    private long departuresKnown;

    private OptionalInt protocol = OptionalInt.empty();
    /** Its client has to connect again to learn what it may do now. */
    private boolean hasToReconnect;
    /** Its client knows that the room may not grow. */
    private boolean toldOfLimit;

    Session(
            Visitor visitor,
            Connection connection,
            String presenceId,
            Rights rights,
            Limits.OfSession limits,
            long openedAt) {
        Limits.OfSession own = rights.readonly() ? limits.forReaders() : limits;
        this.visitor = visitor;
        this.limits = limits;
        this.connection = connection;
        this.presenceId = presenceId;
        this.rights = rights;
        this.openedAt = openedAt;
        this.since = openedAt;
        this.messages = new Allowance(own.messagesPerSecond(), openedAt);
        this.mostCost = Math.max(1, 5.0 * own.messagesPerSecond());
        this.characters = new Allowance(own.charactersPerSecond(), openedAt);
        this.rewritten = new Allowance(REWRITTEN_BYTES_PER_SECOND, openedAt);
    }

    /** The same session, over another socket. */
    Session over(Connection other, long now) {
        Session session = new Session(visitor, other, presenceId, rights, limits, now);
        session.legacyRefusal = legacyRefusal;
        session.connected(dialect(), protocol.orElseThrow(), now);
        return session;
    }

    String id() {
        return visitor.sessionId();
    }

    Visitor visitor() {
        return visitor;
    }

    Connection connection() {
        return connection;
    }

    /** The id of its presence record; made by the room and inherited by a socket that replaces this one (§15, §16). */
    String presenceId() {
        return presenceId;
    }

    Rights rights() {
        return rights;
    }

    boolean readonly() {
        return rights.readonly();
    }

    /** Who changes what its client pushes. */
    Author author() {
        return new Author(id(), Optional.ofNullable(visitor.userId()), Optional.ofNullable(visitor.userName()), rights);
    }

    boolean isConnected() {
        return state == State.CONNECTED;
    }

    boolean isLost() {
        return state == State.AWAITING_REMOVAL;
    }

    /** What the client understands; known once it is connected. */
    Dialect dialect() {
        if (dialect == null) {
            throw new IllegalStateException("session " + id() + " has not been connected");
        }
        return dialect;
    }

    Optional<Dialect> knownDialect() {
        return Optional.ofNullable(dialect);
    }

    /** Whether the client is older than protocol 7 and learns of a refusal by a message (§7). */
    boolean wantsLegacyRefusal() {
        return legacyRefusal;
    }

    void setLegacyRefusal(boolean legacyRefusal) {
        this.legacyRefusal = legacyRefusal;
    }

    Sessions.Place place() {
        return place;
    }

    void setPlace(Sessions.Place place) {
        this.place = place;
    }

    /** The answer to its connect has to be made first (see {@link Lobby}): what its client says meanwhile is held. */
    HeldMessages waits() {
        HeldMessages messages = HeldMessages.beforeConnect();
        held = messages;
        return messages;
    }

    /** Its push has to be decided about first. */
    void waitsFor(Questions.Question asked) {
        held = HeldMessages.whileAsked();
        question = asked;
    }

    Optional<Questions.Question> question() {
        return Optional.ofNullable(question);
    }

    Optional<HeldMessages> held() {
        return Optional.ofNullable(held);
    }

    void waitsNoLonger() {
        held = null;
        question = null;
    }

    long departuresKnown() {
        return departuresKnown;
    }

    /** @param departures how many presences had departed when it was told all of them */
    void toldOfPresences(long departures) {
        departuresKnown = departures;
    }

    void connected(Dialect spoken, int protocolVersion, long now) {
        dialect = spoken;
        protocol = OptionalInt.of(protocolVersion);
        state = State.CONNECTED;
        since = now;
    }

    void heardOf(long now) {
        since = now;
    }

    /** Bytes of an unfinished message have come. Who has not said who it is yet cannot go on like that for ever. */
    void hear(long now) {
        if (isConnected() || (!isLost() && now - openedAt < LONGEST_CONNECT_MILLIS)) {
            since = now;
        }
    }

    /** What a message counts for: each hundred records that it changes are work like that of another message. */
    private static double cost(ClientMessage message) {
        return message instanceof ClientMessage.Push push && push.diff() instanceof JsonObject diff
                ? 1 + diff.size() / 100.0
                : 1;
    }

    /** Counts a message; answers the limit that it goes beyond, if it does. */
    Optional<Limit> count(ClientMessage message, int length, long now) {
        if (!messages.take(Math.min(cost(message), mostCost), now)) {
            return Optional.of(Limit.PUSH_RATE);
        }
        return characters.take(length, now) ? Optional.empty() : Optional.of(Limit.BYTE_RATE);
    }

    /** Whether it may change a record that is so large now; that costs as much as the record has, however little it sends. */
    boolean mayRewrite(int bytes, long now) {
        return bytes <= LARGE_RECORD || rewritten.take(bytes, now);
    }

    /** What it may do has changed: that counts at once, and its client is made to connect again, to learn of it. */
    void changeRights(Rights changed) {
        rights = changed;
        hasToReconnect = true;
    }

    /** Whether its client is to be told that the room may not grow: not with every push, but again after it could. */
    boolean isToBeToldOfLimit() {
        boolean news = !toldOfLimit;
        toldOfLimit = true;
        return news;
    }

    /** A change of it has landed. */
    void mayHaveToBeToldOfLimitAgain() {
        toldOfLimit = false;
    }

    SessionInfo info() {
        return new SessionInfo(
                connection,
                visitor,
                state,
                rights,
                protocol,
                dialect == null ? OptionalInt.empty() : OptionalInt.of(dialect.migrationsBehind()),
                openedAt);
    }

    /** It is about to be removed, and is sent nothing more that goes to all. */
    void deafen() {
        state = State.AWAITING_REMOVAL;
        waitsNoLonger();
    }

    void lost(long now) {
        state = State.AWAITING_REMOVAL;
        waitsNoLonger();
        since = now;
    }

    /** What patience with this session has come to. */
    Verdict verdict(RoomSettings settings, long now, long wallClock) {
        if (wallClock >= visitor.expiresAt()) {
            return Verdict.EXPIRE;
        }
        if (hasToReconnect && state == State.CONNECTED) {
            return Verdict.RECONNECT;
        }
        if (held != null) {
            return Verdict.KEEP; // it is we whom it waits for
        }
        return switch (state) {
            case AWAITING_CONNECT -> elapsed(settings.connectTimeout(), now) ? Verdict.REMOVE : Verdict.KEEP;
            case CONNECTED -> elapsed(settings.idleTimeout(), now) ? Verdict.GIVE_UP : Verdict.KEEP;
            case AWAITING_REMOVAL -> elapsed(settings.removalTimeout(), now) ? Verdict.REMOVE : Verdict.KEEP;
        };
    }

    enum Verdict {
        KEEP,
        /** Its client has to connect again. */
        RECONNECT,
        /** Its permission has ended. */
        EXPIRE,
        GIVE_UP,
        REMOVE
    }

    private boolean elapsed(Duration timeout, long now) {
        return now - since > timeout.toMillis();
    }
}

package dev.drawbridge.room;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One client's stay in the room, from its socket's opening to its removal (§15). */
final class Session {
    private final String id;
    private final Connection connection;
    private final String presenceId;
    private final boolean readonly;
    private State state = State.AWAITING_CONNECT;
    /** When the socket was opened, when the client was last heard of, or when it was lost: as the state says. */
    private long since;

    private boolean legacyRefusal;
    private @Nullable Dialect dialect;

    enum State {
        AWAITING_CONNECT,
        CONNECTED,
        AWAITING_REMOVAL
    }

    Session(String id, Connection connection, String presenceId, boolean readonly, long openedAt) {
        this.id = id;
        this.connection = connection;
        this.presenceId = presenceId;
        this.readonly = readonly;
        this.since = openedAt;
    }

    String id() {
        return id;
    }

    Connection connection() {
        return connection;
    }

    /** The id of its presence record; made by the room and inherited by a socket that replaces this one (§15, §16). */
    String presenceId() {
        return presenceId;
    }

    boolean readonly() {
        return readonly;
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
            throw new IllegalStateException("session " + id + " has not been connected");
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

    void connected(Dialect spoken, long now) {
        dialect = spoken;
        state = State.CONNECTED;
        since = now;
    }

    void heardOf(long now) {
        since = now;
    }

    /** It is about to be removed, and is sent nothing more that goes to all. */
    void deafen() {
        state = State.AWAITING_REMOVAL;
    }

    void lost(long now) {
        state = State.AWAITING_REMOVAL;
        since = now;
    }

    /** What patience with this session has come to. */
    Verdict verdict(RoomSettings settings, long now) {
        return switch (state) {
            case AWAITING_CONNECT -> elapsed(settings.connectTimeout(), now) ? Verdict.REMOVE : Verdict.KEEP;
            case CONNECTED -> elapsed(settings.idleTimeout(), now) ? Verdict.GIVE_UP : Verdict.KEEP;
            case AWAITING_REMOVAL -> elapsed(settings.removalTimeout(), now) ? Verdict.REMOVE : Verdict.KEEP;
        };
    }

    enum Verdict {
        KEEP,
        GIVE_UP,
        REMOVE
    }

    private boolean elapsed(Duration timeout, long now) {
        return now - since > timeout.toMillis();
    }
}

package dev.drawbridge.room;

import dev.drawbridge.json.Json;
import dev.drawbridge.json.JsonNumber;
import dev.drawbridge.json.JsonObject;
import dev.drawbridge.protocol.ClientMessage;
import dev.drawbridge.protocol.Limits;
import dev.drawbridge.protocol.Protocol;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Sessions that go with a room to another node. There they are lost for the moment, with their presence, and go on when
 * their sockets have been brought to the room: their clients are told nothing of it, unless something has happened meanwhile.
 */
final class Moving {
    private static final long UNKNOWN = -1;

    private final Sessions sessions;
    private final Presences presences;
    private final Handshake handshake;
    private final JsonObject schema;
    private final Limits.OfSession limits;
    /** What the presences had come to when those who are expected knew them. */
    private long presencesKnown;

    Moving(Sessions sessions, Presences presences, Handshake handshake, JsonObject schema, Limits.OfSession limits) {
        this.sessions = sessions;
        this.presences = presences;
        this.handshake = handshake;
        this.schema = schema;
        this.limits = limits;
    }

    /** All who take part, and those who are lost for the moment: their presence is there until they are given up. */
    List<Passenger> passengers() {
        List<Passenger> all = new ArrayList<>();
        for (Session session : sessions.all()) {
            session.knownDialect()
                    .ifPresent(dialect -> all.add(new Passenger(
                            session.visitor(),
                            session.rights(),
                            session.info().protocol().orElse(Protocol.VERSION),
                            dialect.schema().map(each -> each),
                            session.presenceId(),
                            Optional.ofNullable(presences.get(session.presenceId())))));
        }
        return all;
    }

    /**
     * These come, or not: each is lost until then. Whoever has come in by itself already is not waited for, but does not know
     * the others, nor they him.
     *
     * @param clock of the room
     * @return the presences that they bring
     */
    List<RecordChange> expect(List<Passenger> passengers, long clock, long now) {
        boolean knowEachOther = sessions.isEmpty();
        List<RecordChange> brought = new ArrayList<>();
        for (Passenger each : passengers) {
            if (!isExpected(each, now)) {
                presences.neverCame(each.presenceId(), clock); // it has another one by now, or connects again
                knowEachOther = false;
                continue;
            }
            each.presence().ifPresent(presence -> {
                presences.put(each.presenceId(), presence, Json.encode(presence));
                brought.add(new RecordChange.Created(each.presenceId(), presence));
            });
        }
        presencesKnown = knowEachOther ? presences.changes() : UNKNOWN;
        return brought;
    }

    private boolean isExpected(Passenger passenger, long now) {
        if (sessions.byId(passenger.visitor().sessionId()).isPresent()) {
            return false;
        }
        try {
            Session session = session(passenger, Absent.SOMEWHERE, now);
            session.lost(now);
            sessions.add(session);
            return true;
        } catch (RefusalException e) {
            return false;
        }
    }

    private Session session(Passenger passenger, Connection connection, long now) throws RefusalException {
        ClientMessage.Connect connect = new ClientMessage.Connect(
                null, JsonNumber.of(passenger.protocol()), passenger.schema().orElse(schema), JsonNumber.of(0));
        Session session =
                new Session(passenger.visitor(), connection, passenger.presenceId(), passenger.rights(), limits, now);
        session.setLegacyRefusal(Handshake.wantsLegacyRefusal(connect));
        session.connected(handshake.accept(connect), passenger.protocol(), now);
        return session;
    }

    /** Somebody who was expected has come, or comes over another socket; empty when nobody expects it. */
    Optional<Session> resume(Connection connection, Visitor visitor, long now) {
        Optional<Session> expected = sessions.byId(visitor.sessionId())
                .filter(session -> session.connection() == Absent.SOMEWHERE
                        && session.visitor().equals(visitor));
        return expected.map(session -> {
            sessions.remove(session);
            Session goesOn = session.over(connection, now);
            sessions.add(goesOn);
            return goesOn;
        });
    }

    /** Whether those who are expected know all presences that there are, but for what is told them when they have come. */
    boolean isUpToDate() {
        return presences.changes() == presencesKnown;
    }
}

package dev.drawbridge.room;

import dev.drawbridge.json.JsonObject;
import dev.drawbridge.protocol.ClientMessage;
import dev.drawbridge.protocol.ConnectResponse;
import dev.drawbridge.protocol.ConnectResponse.HydrationType;
import dev.drawbridge.protocol.DataEvent;
import dev.drawbridge.protocol.RecordPuts;
import dev.drawbridge.schema.MigrationException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Puts together what a client that connects lacks (§11), and what one lacks that has missed what it should have been told. */
final class Hydration {
    private final RoomDocument document;
    private final Presences presences;
    private final JsonObject schema;

    Hydration(RoomDocument document, Presences presences, JsonObject schema) {
        this.document = document;
        this.presences = presences;
        this.schema = schema;
    }

    /** The clock since which a client that connects has to be told what has changed; {@link RoomDocument#EVER} for all. */
    long since(ClientMessage.Connect connect) {
        double lastServerClock = ClientMessage.number(connect.lastServerClock());
        // A client that is ahead has seen what we have lost; one that names no clock has seen nothing.
        long since = lastServerClock <= document.clock() ? (long) Math.floor(lastServerClock) : -1;
        return document.remembers(since) ? since : RoomDocument.EVER;
    }

    /** The answer to a connect. What it needs has been translated, or is not to be. */
    ConnectResponse response(ClientMessage.Connect connect, Session session, Dialect dialect)
            throws MigrationException {
        long since = since(connect);
        boolean wipeAll = since == RoomDocument.EVER;
        return new ConnectResponse(
                connect.connectRequestId(),
                wipeAll ? HydrationType.WIPE_ALL : HydrationType.WIPE_PRESENCE,
                schema,
                document.clock(),
                List.of(presences.puts(dialect, session.presenceId()), documents(dialect, since)),
                wipeAll ? List.of() : document.deletedSince(since),
                session.readonly());
    }

    /** What a session has missed; empty when that is not known any more, and it has to connect again. */
    Optional<DataEvent.Patch> missed(Session session, long sinceClock) throws MigrationException {
        Optional<List<String>> departed = presences.departedSince(session.departuresKnown(), sinceClock);
        if (departed.isEmpty() || !document.remembers(sinceClock)) {
            return Optional.empty();
        }
        Dialect dialect = session.dialect();
        List<String> removes = new ArrayList<>(document.deletedSince(sinceClock));
        removes.addAll(departed.get());
        return Optional.of(DataEvent.Patch.of(
                document.clock(),
                List.of(presences.puts(dialect, session.presenceId()), documents(dialect, sinceClock)),
                removes));
    }

    private RecordPuts documents(Dialect dialect, long since) throws MigrationException {
        Optional<Translation> translation = dialect.translation();
        if (translation.isEmpty()) {
            return document.putsSince(since);
        }
        translation.get().check(since);
        return translation.get().puts(since);
    }
}

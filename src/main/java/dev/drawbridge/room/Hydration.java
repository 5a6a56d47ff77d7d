package dev.drawbridge.room;

import dev.drawbridge.json.JsonObject;
import dev.drawbridge.protocol.ClientMessage;
import dev.drawbridge.protocol.ConnectResponse;
import dev.drawbridge.protocol.ConnectResponse.HydrationType;
import dev.drawbridge.protocol.DataEvent;
import dev.drawbridge.protocol.ObjectAccess;
import dev.drawbridge.protocol.RecordPuts;
import dev.drawbridge.schema.MigrationException;
import dev.drawbridge.schema.StoreSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Puts together what a client that connects lacks (§11), and what one lacks that has missed what it should have been told. */
final class Hydration {
    private final RoomDocument document;
    private final Presences presences;
    private final JsonObject schema;
    private final boolean hasObjects;

    Hydration(RoomDocument document, Presences presences, StoreSchema schema) {
        this.document = document;
        this.presences = presences;
        this.schema = schema.serialize().json();
        this.hasObjects = !schema.objectTypes().isEmpty();
    }

    /** The clock since which a client that connects has to be told what has changed; {@link RoomDocument#EVER} for all. */
    long since(ClientMessage.Connect connect, Dialect dialect) {
        double lastServerClock = ClientMessage.number(connect.lastServerClock());
        // A client that is ahead has seen what we have lost; one that names no clock has seen nothing.
        long since = lastServerClock <= document.clock() ? (long) Math.floor(lastServerClock) : -1;
        return document.remembers(since) && dialect.remembers(since) ? since : RoomDocument.EVER;
    }

    /** The answer to a connect. What it needs has been translated, or is not to be. */
    ConnectResponse response(ClientMessage.Connect connect, Session session, Dialect dialect)
            throws MigrationException {
        long since = since(connect, dialect);
        boolean wipeAll = since == RoomDocument.EVER;
        return new ConnectResponse(
                connect.connectRequestId(),
                wipeAll ? HydrationType.WIPE_ALL : HydrationType.WIPE_PRESENCE,
                schema,
                document.clock(),
                List.of(presences.puts(dialect, session.presenceId()), documents(dialect, since)),
                wipeAll ? List.of() : removes(dialect, since),
                session.readonly(),
                objectAccess(session));
    }

    /** Where there is nothing to write, everybody may, as at the reference that has no object types. */
    private ObjectAccess objectAccess(Session session) {
        return hasObjects ? session.rights().objects() : ObjectAccess.WRITE;
    }

    /** What a session has missed; empty when that is not known any more, and it has to connect again. */
    Optional<DataEvent.Patch> missed(Session session, long sinceClock) throws MigrationException {
        Optional<List<String>> departed = presences.departedSince(session.departuresKnown(), sinceClock);
        Dialect dialect = session.dialect();
        if (departed.isEmpty() || !document.remembers(sinceClock) || !dialect.remembers(sinceClock)) {
            return Optional.empty();
        }
        List<String> removes = new ArrayList<>(removes(dialect, sinceClock));
        removes.addAll(departed.get());
        return Optional.of(DataEvent.Patch.of(
                document.clock(),
                List.of(presences.puts(dialect, session.presenceId()), documents(dialect, sinceClock)),
                removes));
    }

    /** What has been deleted since a clock, and what such a client does not see any more. */
    private List<String> removes(Dialect dialect, long since) {
        List<String> deleted = document.deletedSince(since);
        return dialect.view()
                .map(view -> Stream.concat(
                                deleted.stream().filter(id -> !view.wentUnseen(id, since)),
                                view.disappearedSince(since).stream())
                        .toList())
                .orElse(deleted);
    }

    private RecordPuts documents(Dialect dialect, long since) throws MigrationException {
        Optional<Translation> translation = dialect.translation();
        if (translation.isEmpty()) {
            return document.putsSince(since);
        }
        dialect.view(); // what is hidden does no harm
        translation.get().check(since);
        return translation.get().puts(since);
    }
}

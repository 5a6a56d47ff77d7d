package dev.drawbridge.room;

import dev.drawbridge.json.Json;
import dev.drawbridge.json.JsonObject;
import dev.drawbridge.protocol.ClientMessage;
import dev.drawbridge.protocol.ConnectResponse;
import dev.drawbridge.protocol.ConnectResponse.EncodedRecord;
import dev.drawbridge.protocol.ConnectResponse.HydrationType;
import dev.drawbridge.schema.MigrationException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** Puts together what a client that connects lacks (§11). */
final class Hydration {
    private final RoomDocument document;
    private final Presences presences;
    private final JsonObject schema;

    Hydration(RoomDocument document, Presences presences, JsonObject schema) {
        this.document = document;
        this.presences = presences;
        this.schema = schema;
    }

    ConnectResponse response(ClientMessage.Connect connect, Session session, Dialect dialect)
            throws MigrationException {
        double lastServerClock = ClientMessage.number(connect.lastServerClock());
        long clock = document.clock();
        // A client that is ahead has seen what we have lost; one that names no clock has seen nothing.
        long since = lastServerClock <= clock ? (long) Math.floor(lastServerClock) : -1;

        boolean wipeAll = !document.remembers(since);
        List<EncodedRecord> puts = new ArrayList<>();
        addPresences(puts, session, dialect);
        addDocuments(puts, wipeAll ? document.records() : document.recordsSince(since), dialect);
        return new ConnectResponse(
                connect.connectRequestId(),
                wipeAll ? HydrationType.WIPE_ALL : HydrationType.WIPE_PRESENCE,
                schema,
                clock,
                puts,
                wipeAll ? List.of() : document.deletedSince(since),
                session.readonly());
    }

    private void addPresences(List<EncodedRecord> puts, Session session, Dialect dialect) throws MigrationException {
        for (Map.Entry<String, JsonObject> presence : presences.all().entrySet()) {
            if (!presence.getKey().equals(session.presenceId())) {
                JsonObject record = dialect.migrations().down(presence.getValue());
                puts.add(new EncodedRecord(presence.getKey(), Json.encode(record)));
            }
        }
    }

    private static void addDocuments(List<EncodedRecord> puts, Collection<StoredRecord> records, Dialect dialect)
            throws MigrationException {
        for (StoredRecord stored : records) {
            byte[] json = dialect.speaksOurSchema()
                    ? stored.json()
                    : Json.encode(dialect.migrations().down(ParsedRecords.parse(stored)));
            puts.add(new EncodedRecord(stored.id(), json));
        }
    }
}

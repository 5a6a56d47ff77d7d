package dev.drawbridge.room;

import dev.drawbridge.diff.NetworkDiff;
import dev.drawbridge.diff.RecordDiffer;
import dev.drawbridge.protocol.DataEvent;
import dev.drawbridge.protocol.RecordPuts;
import dev.drawbridge.protocol.RefusalReason;
import dev.drawbridge.schema.MigrationException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Tells connected sessions of changes, each in its own schema, those of one dialect with the same bytes (§13). */
final class Broadcasts {
    private final Sessions sessions;
    private final RoomDocument document;
    private final Farewells farewells;

    Broadcasts(Sessions sessions, RoomDocument document, Farewells farewells) {
        this.sessions = sessions;
        this.document = document;
        this.farewells = farewells;
    }

    /** Tells all connected sessions but one. Who cannot be told in its own schema is refused, and nobody else (§13). */
    void tell(
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
                Dialect dialect = audience.dialect();
                NetworkDiff diff = dialect.diffOf(dialect.seen(changes), computedWith);
                effects.add(new Effect.Broadcast(
                        audience.dialect(),
                        audience.connections(),
                        except,
                        new DataEvent.Patch(document.clock(), diff)));
            } catch (MigrationException e) {
                audience.connections().forEach(each -> cannotBeTold.put(each, String.valueOf(e.getMessage())));
            }
        }
        if (except != null) {
            cannotBeTold.remove(except);
        }
        if (!cannotBeTold.isEmpty()) {
            // None of them may be told of another's end: with it would come a clock whose change it has not seen (§10).
            cannotBeTold.keySet().forEach(connection -> sessions.of(connection).ifPresent(session -> {
                session.deafen();
                sessions.changed(session);
            }));
        }
        List<Farewells.Leaving> leaving = new ArrayList<>();
        cannotBeTold.forEach((connection, why) -> sessions.of(connection)
                .ifPresent(session -> leaving.add(new Farewells.Leaving(session, RefusalReason.CLIENT_TOO_OLD, why))));
        farewells.removeAll(leaving, effects);
    }

    /** Tells all connected sessions of records as they are now; who would need them translated has to come again. */
    void tellWhole(RecordPuts puts, List<String> deletes, List<Effect> effects) {
        List<Farewells.Leaving> leaving = new ArrayList<>();
        for (Sessions.Audience audience : sessions.audiences()) {
            if (audience.dialect().translation().isEmpty()) {
                DataEvent.Patch patch = DataEvent.Patch.of(document.clock(), List.of(puts), deletes);
                effects.add(new Effect.Broadcast(audience.dialect(), audience.connections(), null, patch));
            } else {
                audience.connections().forEach(connection -> sessions.of(connection)
                        .ifPresent(session ->
                                leaving.add(new Farewells.Leaving(session, null, "the document was replaced"))));
            }
        }
        farewells.removeAll(leaving, effects);
    }
}

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
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Tells connected sessions of changes, each in its own schema, those of one dialect with the same bytes (§13). */
final class Broadcasts {
    /** How many records may begin to be seen by one change; they are read and translated within it. */
    static final int MOST_APPEARING = 500;

    private static final long MOST_APPEARING_BYTES = 1 << 20;

    private final Sessions sessions;
    private final RoomDocument document;
    private final Farewells farewells;

    Broadcasts(Sessions sessions, RoomDocument document, Farewells farewells) {
        this.sessions = sessions;
        this.document = document;
        this.farewells = farewells;
    }

    /** Why somebody is not told; without a reason its client comes again. */
    private record Untold(@Nullable RefusalReason reason, String why) {}

    /**
     * Tells all connected sessions but one. Who cannot be told in its own schema is refused, and nobody else (§13). Those to whom
     * very much appears that has not changed come again, and are told in turns: a small change may show them half the room.
     */
    void tell(
            Collection<RecordChange> changes,
            RecordDiffer computedWith,
            @Nullable Connection except,
            List<Effect> effects) {
        if (changes.isEmpty()) {
            return;
        }
        Map<Connection, Untold> untold = new LinkedHashMap<>();
        for (Sessions.Audience audience : sessions.audiences()) {
            if (audience.isOnly(except)) {
                continue;
            }
            Dialect dialect = audience.dialect();
            if (appearsTooMuch(dialect, changes)) {
                Untold comesAgain = new Untold(null, "more begins to be seen than is told at once");
                audience.connections().forEach(each -> untold.put(each, comesAgain));
                continue;
            }
            try {
                NetworkDiff diff = dialect.diffOf(dialect.seen(changes), computedWith);
                effects.add(new Effect.Broadcast(
                        dialect, audience.connections(), except, new DataEvent.Patch(document.clock(), diff)));
            } catch (MigrationException e) {
                Untold tooOld = new Untold(RefusalReason.CLIENT_TOO_OLD, String.valueOf(e.getMessage()));
                audience.connections().forEach(each -> untold.put(each, tooOld));
            }
        }
        if (except != null) {
            untold.remove(except);
        }
        if (!untold.isEmpty()) {
            // None of them may be told of another's end: with it would come a clock whose change it has not seen (§10).
            untold.keySet().forEach(connection -> sessions.of(connection).ifPresent(session -> {
                session.deafen();
                sessions.changed(session);
            }));
        }
        List<Farewells.Leaving> leaving = new ArrayList<>();
        untold.forEach((connection, each) -> sessions.of(connection)
                .ifPresent(session -> leaving.add(new Farewells.Leaving(session, each.reason(), each.why()))));
        farewells.removeAll(leaving, effects);
    }

    private boolean appearsTooMuch(Dialect dialect, Collection<RecordChange> changes) {
        Optional<View> view = dialect.view().filter(each -> each.isLast(changes));
        if (view.isEmpty()) {
            return false;
        }
        List<String> appeared = view.get().appeared();
        return appeared.size() > MOST_APPEARING
                || appeared.stream().mapToLong(document::length).sum() > MOST_APPEARING_BYTES;
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

package dev.drawbridge.room;

import dev.drawbridge.json.JsonObject;
import dev.drawbridge.protocol.ClientMessage;
import dev.drawbridge.protocol.DataEvent;
import dev.drawbridge.protocol.RefusalReason;
import dev.drawbridge.protocol.ServerMessage;
import dev.drawbridge.schema.MigrationException;
import dev.drawbridge.schema.StoreSchema;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** What becomes of a push: it lands, its pusher is answered first, and then the others are told (§12). */
final class Pushes {
    private final StoreSchema schema;
    private final RoomDocument document;
    private final Dialects dialects;
    private final Presences presences;
    private final RoomSettings settings;
    private final Growth growth;
    private final Broadcasts broadcasts;
    private final Farewells farewells;
    private final Questions questions;

    Pushes(
            StoreSchema schema,
            RoomDocument document,
            Dialects dialects,
            Presences presences,
            RoomSettings settings,
            Broadcasts broadcasts,
            Farewells farewells,
            Questions questions) {
        this.schema = schema;
        this.document = document;
        this.dialects = dialects;
        this.presences = presences;
        this.settings = settings;
        this.growth = new Growth(settings.limits().room());
        this.broadcasts = broadcasts;
        this.farewells = farewells;
        this.questions = questions;
    }

    void push(Session session, ClientMessage.Push push, long now, List<Effect> effects) throws RefusalException {
        if (!session.isConnected()) {
            return;
        }
        land(session, push, new Decisions(), now, effects);
    }

    /** The same once more, with what has been decided elsewhere about its writes. Its client has waited for us. */
    void goOn(Session session, Questions.Question question, long now, List<Effect> effects) throws RefusalException {
        land(session, question.push(), question.decisions(), now, effects);
    }

    private void land(Session session, ClientMessage.Push push, Decisions decisions, long now, List<Effect> effects)
            throws RefusalException {
        session.heardOf(now);
        PushTransaction transaction =
                new PushTransaction(schema, session, document, presences, settings, decisions, now);
        work(transaction, push);
        if (!decisions.areComplete()) {
            questions.ask(session, push, decisions, effects);
            return;
        }
        Optional<LimitExceededException> tooLarge = applyDocuments(session, transaction, effects);
        transaction.presenceChange().ifPresent(this::applyPresence);

        Optional<MigrationException> failure = answer(session, push, transaction, effects);
        Collection<RecordChange> changes = new ArrayList<>(transaction.documentChanges());
        transaction.presenceChange().ifPresent(presence -> changes.add(presence.change()));
        tooLarge.ifPresent(limit -> tellOfLimit(session, limit, effects));
        broadcasts.tell(changes, session.dialect().differ(), session.connection(), effects);
        failure.ifPresent(
                e -> farewells.remove(session, RefusalReason.CLIENT_TOO_OLD, String.valueOf(e.getMessage()), effects));
    }

    /** What would make the room too large is discarded; the presence that came with it is not. */
    private Optional<LimitExceededException> applyDocuments(
            Session session, PushTransaction transaction, List<Effect> effects) {
        if (transaction.documentChanges().isEmpty()) {
            return Optional.empty(); // most pushes: presence alone, or a viewer's
        }
        RoomDocument.Draft draft = document.draft(transaction.documentChanges());
        try {
            growth.check(document.size(), draft);
        } catch (LimitExceededException e) {
            transaction.discardDocuments();
            return Optional.of(e);
        }
        session.mayHaveToBeToldOfLimitAgain();
        document.land(draft, true).ifPresent(change -> {
            dialects.changed(change);
            effects.add(new Effect.Changed(change, Optional.of(session.author())));
        });
        return Optional.empty();
    }

    private static void tellOfLimit(Session session, LimitExceededException limit, List<Effect> effects) {
        effects.add(new Effect.LimitHit(limit.limit(), String.valueOf(limit.getMessage())));
        if (session.isToBeToldOfLimit()) {
            effects.add(new Effect.Send(session.connection(), notice(limit)));
        }
    }

    private static ServerMessage notice(LimitExceededException limit) {
        return new ServerMessage.Custom(JsonObject.builder()
                .put("type", "drawbridge.limit")
                .put("limit", limit.limit().name())
                .put("max", limit.most())
                .build());
    }

    /** Nothing of it is real before all of it has been worked through, so a bug in between costs the pusher only. */
    private static void work(PushTransaction transaction, ClientMessage.Push push) throws RefusalException {
        try {
            if (push.presence() != null) {
                transaction.pushPresence(push.presence());
            }
            if (push.diff() != null) {
                transaction.pushDocuments(push.diff());
            }
        } catch (DamagedRecordException e) {
            throw e; // the room's misfortune, not the pusher's fault
        } catch (RuntimeException e) {
            throw new RefusalException(RefusalReason.UNKNOWN_ERROR, e + " at " + e.getStackTrace()[0]);
        }
    }

    /** What it came to is real by now; a pusher that cannot be told is refused after the others have been (§21.10). */
    private Optional<MigrationException> answer(
            Session session, ClientMessage.Push push, PushTransaction transaction, List<Effect> effects) {
        try {
            DataEvent result =
                    DataEvent.PushResult.of(push.clientClock(), document.clock(), transaction.action(push.diff()));
            effects.add(new Effect.Send(session.connection(), result));
            return Optional.empty();
        } catch (MigrationException e) {
            return Optional.of(e);
        }
    }

    private void applyPresence(PushTransaction.PresenceChange presence) {
        switch (presence.change()) {
            case RecordChange.Created(String id, JsonObject record) -> presences.put(id, record, presence.json());
            case RecordChange.Updated updated -> presences.put(updated.id(), updated.after(), presence.json());
            case RecordChange.Deleted ignored -> throw new IllegalStateException("nobody pushes the end of a presence");
        }
    }
}

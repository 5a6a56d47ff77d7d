package dev.drawbridge.host;

import dev.drawbridge.protocol.ConnectResponse;
import dev.drawbridge.protocol.ServerMessage;
import dev.drawbridge.room.ChangeBatch;
import dev.drawbridge.room.DocumentChange;
import dev.drawbridge.room.Effect;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Acknowledged means stored: holds back what follows a document change until that change is in the store, in the room's
 * order. One commit is under way at a time; the changes that come meanwhile gather into the next one, so that a slow
 * store makes batches larger and not queues longer. Events are held as bytes. It has no threads: it is told when a commit
 * is through.
 */
class CommitGate {
    /** About what an effect takes beside its bytes. */
    private static final long OVERHEAD = 100;

    /** A hydration refers to records that the room has anyway. */
    private static final long A_HYDRATION = 4_096;

    private @Nullable Batch committing;
    private @Nullable Batch collecting;
    private long heldBytes;

    private static final class Batch {
        private final ChangeBatch changes;
        private final List<Effect> after = new ArrayList<>();
        private long bytes;

        Batch(DocumentChange change) {
            this.changes = new ChangeBatch(change);
        }

        long bytes() {
            return bytes + changes.bytes();
        }
    }

    /** Takes the effects of one input and returns those that need not wait. */
    List<Effect> pass(List<Effect> effects) {
        List<Effect> free = new ArrayList<>(effects.size());
        for (Effect effect : effects) {
            Batch last = collecting == null ? committing : collecting;
            if (effect instanceof Effect.Changed(DocumentChange change, var ignored)) {
                collect(change);
            } else if (last == null || isPong(effect)) {
                free.add(effect);
            } else {
                hold(last, effect);
            }
        }
        return free;
    }

    private void hold(Batch batch, Effect effect) {
        long bytes = bytes(effect);
        batch.after.add(effect);
        batch.bytes += bytes;
        heldBytes += bytes;
    }

    private void collect(DocumentChange change) {
        if (collecting == null) {
            collecting = new Batch(change);
            heldBytes += collecting.changes.bytes();
        } else {
            long before = collecting.changes.bytes();
            collecting.changes.add(change);
            heldBytes += collecting.changes.bytes() - before;
        }
    }

    private static boolean isPong(Effect effect) {
        return effect instanceof Effect.Send send && send.message() instanceof ServerMessage.Pong;
    }

    private static long bytes(Effect effect) {
        return OVERHEAD
                + switch (effect) {
                    case Effect.Send(var ignored, ConnectResponse response) -> A_HYDRATION;
                    case Effect.Send(var ignored, ServerMessage message) ->
                        message.encode().length();
                    case Effect.Broadcast broadcast ->
                        broadcast.event().encode().length();
                    default -> 0;
                };
    }

    /** The next change to commit; empty while a commit is under way, or when there is nothing to store. */
    Optional<DocumentChange> nextCommit() {
        if (committing != null || collecting == null) {
            return Optional.empty();
        }
        committing = collecting;
        collecting = null;
        return Optional.of(committing.changes.toChange());
    }

    /** The commit that was under way is stored; returns what has waited for it. */
    List<Effect> committed() {
        if (committing == null) {
            throw new IllegalStateException("no commit is under way");
        }
        List<Effect> released = committing.after;
        heldBytes -= committing.bytes();
        committing = null;
        return released;
    }

    /** What waits will never be stored: the room is given up. Returns it, in order. */
    List<Effect> abandon() {
        List<Effect> abandoned = new ArrayList<>();
        if (committing != null) {
            abandoned.addAll(committing.after);
        }
        if (collecting != null) {
            abandoned.addAll(collecting.after);
        }
        committing = null;
        collecting = null;
        heldBytes = 0;
        return abandoned;
    }

    /** How many bytes wait: records to be stored, and messages that follow them. */
    long heldBytes() {
        return heldBytes;
    }

    /** Whether everything is stored. */
    boolean isIdle() {
        return committing == null && collecting == null;
    }
}

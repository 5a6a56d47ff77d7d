package dev.drawbridge.host;

import dev.drawbridge.protocol.ServerMessage;
import dev.drawbridge.room.DocumentChange;
import dev.drawbridge.room.Effect;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Acknowledged means stored: holds back what follows a document change until that change is in the store, in the room's
 * order. One commit is under way at a time; the changes that come meanwhile gather into the next one, so that a slow
 * store makes batches larger and not queues longer. It has no threads: it is told when a commit is through.
 */
class CommitGate {
    private @Nullable Batch committing;
    private @Nullable Batch collecting;
    private int held;

    private static final class Batch {
        private DocumentChange change;
        private final List<Effect> after = new ArrayList<>();

        Batch(DocumentChange change) {
            this.change = change;
        }
    }

    /** Takes the effects of one input and returns those that need not wait. */
    List<Effect> pass(List<Effect> effects) {
        List<Effect> free = new ArrayList<>(effects.size());
        for (Effect effect : effects) {
            if (effect instanceof Effect.Changed(DocumentChange change)) {
                collect(change);
            } else if (isPong(effect)) {
                free.add(effect);
            } else if (collecting != null) {
                collecting.after.add(effect);
                held++;
            } else if (committing != null) {
                committing.after.add(effect);
                held++;
            } else {
                free.add(effect);
            }
        }
        return free;
    }

    private void collect(DocumentChange change) {
        if (collecting == null) {
            collecting = new Batch(change);
        } else {
            collecting.change = collecting.change.then(change);
        }
    }

    private static boolean isPong(Effect effect) {
        return effect instanceof Effect.Send send && send.message() instanceof ServerMessage.Pong;
    }

    /** The next change to commit; empty while a commit is under way, or when there is nothing to store. */
    Optional<DocumentChange> nextCommit() {
        if (committing != null || collecting == null) {
            return Optional.empty();
        }
        committing = collecting;
        collecting = null;
        return Optional.of(committing.change);
    }

    /** The commit that was under way is stored; returns what has waited for it. */
    List<Effect> committed() {
        if (committing == null) {
            throw new IllegalStateException("no commit is under way");
        }
        List<Effect> released = committing.after;
        committing = null;
        held -= released.size();
        return released;
    }

    /** What waits will never be stored: the room is given up. Returns it, in order. */
    List<Effect> abandon() {
        List<Effect> abandoned = new ArrayList<>(held);
        if (committing != null) {
            abandoned.addAll(committing.after);
        }
        if (collecting != null) {
            abandoned.addAll(collecting.after);
        }
        committing = null;
        collecting = null;
        held = 0;
        return abandoned;
    }

    /** How many effects wait. */
    int held() {
        return held;
    }

    /** Whether everything is stored. */
    boolean isIdle() {
        return committing == null && collecting == null;
    }
}

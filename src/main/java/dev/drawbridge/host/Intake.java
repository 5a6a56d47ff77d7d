package dev.drawbridge.host;

import java.util.function.LongFunction;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Lets one client's messages in, one by one: each is read only when there is room for it in the client's window, in its
 * room's, and in the node's memory.
 */
final class Intake {
    private static final long CLIENT_WINDOW = 1 << 20;

    private final InboundWindow client = new InboundWindow(CLIENT_WINDOW);
    private final InboundWindow room;
    private final ReadingBudget node;

    /** What a message takes until it is handled. */
    final class Admission {
        private final long bytes;
        private final ReadingBudget.Lease lease;

        private Admission(long bytes, ReadingBudget.Lease lease) {
            this.bytes = bytes;
            this.lease = lease;
        }

        /** The message is handled, or dropped. To be called once. */
        void end() {
            lease.giveBack();
            room.leave(bytes);
            client.leave(bytes);
        }
    }

    Intake(InboundWindow room, ReadingBudget node) {
        this.room = room;
        this.node = node;
    }

    /** Whether a message that takes so much can be let in at all. */
    boolean fits(long bytes) {
        return node.fits(bytes);
    }

    /** Lets a message in if there is room for it now; {@code null} when somebody has to wait for it. */
    @Nullable
    Admission tryAdmit(long bytes) {
        return admit(bytes, window -> window.tryEnter(bytes), node::tryTake);
    }

    /** Waits for room; {@code null} when there was none for so long that something must be wrong. */
    @Nullable
    Admission admit(long bytes) {
        return admit(bytes, window -> window.enter(bytes), node::take);
    }

    private @Nullable Admission admit(
            long bytes, Predicate<InboundWindow> enter, LongFunction<ReadingBudget.@Nullable Lease> take) {
        if (!enter.test(client)) {
            return null;
        }
        if (!enter.test(room)) {
            client.leave(bytes);
            return null;
        }
        ReadingBudget.Lease lease = take.apply(bytes);
        if (lease == null) {
            room.leave(bytes);
            client.leave(bytes);
            return null;
        }
        return new Admission(bytes, lease);
    }
}

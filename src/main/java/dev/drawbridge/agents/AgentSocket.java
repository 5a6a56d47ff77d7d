package dev.drawbridge.agents;

import dev.drawbridge.host.Attendance;
import dev.drawbridge.host.ClientSocket;
import dev.drawbridge.loop.Loop;
import dev.drawbridge.protocol.Payload;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A client's socket whose other end is in this process. What the agent says is brought to the room on the loop that serves it,
 * a part at a time, and no faster than the room takes it; what the room says is heard at once.
 */
final class AgentSocket implements ClientSocket {
    /** So much is brought at a time. */
    private static final int PART = 16 << 10;

    /** So many parts are brought before others have their turn. */
    private static final int MOST_PARTS = 8;

    /** What a socket shows that has ended without a close frame. */
    private static final int ABNORMAL = 1006;

    private static final int NORMAL = 1000;

    private final Hearer hearer;
    private volatile @Nullable Loop loop;
    private volatile long unsent;

    private final Object lock = new Object();
    private @Nullable Attendance attendance;
    private boolean opened;
    private boolean ended;

    // These belong to the loop.
    private final ArrayDeque<ByteBuffer> said = new ArrayDeque<>();
    private int pauses;

    /** Who is told. None of these waits. */
    interface Hearer {

        /**
         * The room has said something, or a part of it.
         *
         * @param whenHeard to be run, on any thread, if and only if this returns false
         * @return whether it has been heard
         */
        boolean heard(Payload bytes, Part part, Runnable whenHeard);

        /** It is over; called once. */
        void ended(int code, String reason);
    }

    AgentSocket(Hearer hearer) {
        this.hearer = hearer;
    }

    /** It is in the room, or not let in: to be called once, with what the entrance has answered. */
    void opened(Optional<? extends Attendance> entered) {
        synchronized (lock) {
            opened = true;
            attendance = entered.orElse(null);
            if (!ended) {
                return;
            }
        }
        tellOfTheEnd();
    }

    /** Says a message, once it is in the room. For any thread; never waits. */
    void say(byte[] text) {
        Loop its = loop;
        if (its != null) {
            its.execute(() -> {
                said.add(ByteBuffer.wrap(text));
                bring();
            });
        }
    }

    /** Hangs up. What was said before still counts, as far as it has been brought. */
    void hangUp() {
        end(NORMAL, "");
    }

    // ---- what the agent says, on the loop

    private void bring() {
        Attendance room = present();
        if (room == null) {
            said.clear();
            return;
        }
        for (int i = 0; i < MOST_PARTS && pauses == 0; i++) {
            ByteBuffer message = said.peek();
            if (message == null) {
                return;
            }
            ByteBuffer part = message.slice(message.position(), Math.min(PART, message.remaining()));
            message.position(message.position() + part.remaining());
            boolean last = !message.hasRemaining();
            if (last) {
                said.remove();
            }
            room.received(part, last);
        }
        Loop its = loop;
        if (its != null && pauses == 0 && !said.isEmpty()) {
            its.execute(this::bring);
        }
    }

    private @Nullable Attendance present() {
        synchronized (lock) {
            return ended ? null : attendance;
        }
    }

    @Override
    public void pauseReading() {
        pauses++;
    }

    @Override
    public void resumeReading() {
        Loop its = loop;
        if (its != null) {
            its.execute(() -> {
                if (--pauses == 0) {
                    bring();
                }
            });
        }
    }

    // ---- what the room says

    @Override
    public void serveOn(Loop itsLoop) {
        loop = itsLoop;
    }

    @Override
    public boolean sendPart(Payload bytes, Part part, Runnable whenTaken) {
        synchronized (lock) {
            if (ended) {
                return false;
            }
        }
        unsent = bytes.length();
        boolean taken = hearer.heard(bytes, part, () -> {
            unsent = 0;
            whenTaken.run();
        });
        if (taken) {
            unsent = 0;
        }
        return taken;
    }

    @Override
    public long unsent() {
        return unsent;
    }

    @Override
    public void close(int code, String reason) {
        end(code, reason);
    }

    @Override
    public void drop() {
        end(ABNORMAL, "");
    }

    private void end(int code, String reason) {
        boolean tell;
        synchronized (lock) {
            if (ended) {
                return;
            }
            ended = true;
            tell = opened;
        }
        if (tell) {
            tellOfTheEnd();
        }
        hearer.ended(code, reason);
    }

    private void tellOfTheEnd() {
        Attendance left;
        synchronized (lock) {
            left = attendance;
        }
        Loop its = loop;
        if (left != null && its != null) {
            its.execute(left::closed);
        }
    }
}

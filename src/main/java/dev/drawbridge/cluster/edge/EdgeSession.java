package dev.drawbridge.cluster.edge;

import dev.drawbridge.cluster.link.Frame;
import dev.drawbridge.host.Arriving;
import dev.drawbridge.host.Attendance;
import dev.drawbridge.host.ClientSocket;
import dev.drawbridge.host.Outlet;
import dev.drawbridge.host.SessionOutbox;
import dev.drawbridge.host.SharedEvent;
import dev.drawbridge.loop.Loop;
import dev.drawbridge.protocol.Payload;
import dev.drawbridge.room.Visitor;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** A client whose socket is here and whose room is open at another node. */
public final class EdgeSession implements Attendance, Outlet.Listener {
    /** So much of what the client says may be on its way; what the owner has no room for stays with the client. */
    private static final int WINDOW = 64 << 10;

    private static final int NORMAL = 1000;
    private static final int SERVICE_RESTART = 1012;

    private final String roomId;
    private final Visitor visitor;
    private final ClientSocket socket;
    private final Loop loop;
    private final SessionOutbox outbox;
    private volatile @Nullable Way way;
    private volatile @Nullable Arriving arriving;
    private volatile boolean closed;

    // These belong to the loop.
    private int window = WINDOW;
    private boolean paused;
    private boolean held;
    private final List<Kept> kept = new ArrayList<>();

    public EdgeSession(String roomId, Visitor visitor, ClientSocket socket, EdgeServices services) {
        this.roomId = roomId;
        this.visitor = visitor;
        this.socket = socket;
        this.loop = services.loops().get();
        this.outbox =
                new SessionOutbox(socket, loop, services.outboxBytes(), services.outgoing(), this, services.observer());
    }

    String roomId() {
        return roomId;
    }

    Visitor visitor() {
        return visitor;
    }

    /** Where it goes, and by which number it is known there: both change at once when its room moves. */
    private record Way(OwnerLink owner, int number) {}

    /** It goes over that link from now on, by that number. */
    void goesOver(OwnerLink link, int number) {
        way = new Way(link, number);
    }

    /** It has been let in: its socket is read from now on. */
    public void entered() {
        socket.serveOn(loop);
    }

    // ---- what its client says

    @Override
    public void received(ByteBuffer bytes, boolean last) {
        byte[] text = new byte[bytes.remaining()];
        bytes.get(text);
        window -= text.length;
        if (held) {
            kept.add(new Kept(text, last));
        } else {
            send(number -> new Frame.Said(number, last, text));
        }
        if (window <= 0 && !paused) {
            paused = true;
            socket.pauseReading();
        }
    }

    /** Something that was in hand when nothing more was to be said. */
    private record Kept(byte[] text, boolean last) {}

    /** Sends nothing on for a while; what is in hand is kept. The stage ends when that is so. */
    CompletionStage<Void> hold() {
        CompletableFuture<Void> done = new CompletableFuture<>();
        loop.execute(() -> {
            if (!held) {
                held = true;
                socket.pauseReading();
            }
            done.complete(null);
        });
        return done;
    }

    /** Goes on where it is now: with what was kept, by a new account. */
    void goOn() {
        loop.execute(() -> {
            if (!held) {
                return;
            }
            held = false;
            window = WINDOW;
            for (Kept each : kept) {
                send(number -> new Frame.Said(number, each.last, each.text));
                window -= each.text.length;
            }
            kept.clear();
            if (paused && window > 0) {
                paused = false;
                socket.resumeReading();
            }
            socket.resumeReading();
        });
    }

    /** Its room has moved; false when it cannot go on there, and its client connects again. */
    boolean moved() {
        outbox.moved();
        return !outbox.isClosed();
    }

    /** The owner has taken in so much of it. */
    void heard(int bytes) {
        loop.execute(() -> {
            window += bytes;
            if (paused && window > 0) {
                paused = false;
                socket.resumeReading();
            }
        });
    }

    boolean isClosed() {
        return closed;
    }

    @Override
    public void closed() {
        closed = true;
        Way left = way;
        if (left != null) {
            left.owner.leave(this, left.number);
        }
        outbox.abort(NORMAL, "");
    }

    @Override
    public void overflowed() {
        send(Frame.Overflowed::new);
    }

    @Override
    public void folded(long sinceClock) {
        send(number -> new Frame.Folded(number, sinceClock));
    }

    private void send(IntFunction<Frame> frame) {
        Way to = way;
        if (to != null) {
            to.owner.send(frame.apply(to.number));
        }
    }

    // ---- what it is told

    void told(SharedEvent event) {
        outbox.data(event);
    }

    void caughtUp(SharedEvent event) {
        outbox.caughtUp(event);
    }

    void message(byte[] text, OptionalLong hydratesTo) {
        outbox.message(Payload.of(text), hydratesTo);
    }

    /** One whose beginning has been sent has to be sent to its end, and the owner sends but the newest: its client has to connect again. */
    void hydration(long length, long hydratesTo) {
        Arriving last = arriving;
        if (last != null && !last.isComplete()) {
            abort(SERVICE_RESTART, "");
            return;
        }
        Arriving message = new Arriving(length, bytes -> send(number -> new Frame.Taken(number, bytes)));
        arriving = message;
        outbox.hydration(message, hydratesTo);
    }

    void piece(byte[] bytes) {
        Arriving message = arriving;
        if (message != null) {
            message.add(bytes);
            outbox.arrived();
        }
    }

    void sign() {
        outbox.pong();
    }

    void close(int code, String reason) {
        outbox.close(code, reason);
    }

    /** Closes the socket at once; what waits for it is dropped. */
    public void abort(int code, String reason) {
        outbox.abort(code, reason);
    }

    /** Time has passed; about once a second, always by the same thread. */
    void tick(long now) {
        outbox.tick(now);
    }

    long queuedBytes() {
        return outbox.queuedBytes();
    }
}

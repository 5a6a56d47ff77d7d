package dev.drawbridge.cluster.owner;

import dev.drawbridge.cluster.link.Frame;
import dev.drawbridge.cluster.link.Link;
import dev.drawbridge.host.ClientConnection;
import dev.drawbridge.host.Inlet;
import dev.drawbridge.host.Outlet;
import dev.drawbridge.host.Relay;
import dev.drawbridge.host.SharedEvent;
import dev.drawbridge.protocol.ConnectResponse;
import dev.drawbridge.protocol.Payload;
import dev.drawbridge.protocol.ServerMessage;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** A session whose client's socket is at the other end of a link. */
final class FarSession implements Inlet, Relay.FarOutlet {
    /** A hydration of no more than this goes as one frame. */
    private static final int SMALL = 32 << 10;

    private final int number;
    private final Link link;
    private final Relay relay;
    private final LongAdder sentBytes = new LongAdder();
    private final LongAdder sentMessages = new LongAdder();
    private volatile Outlet.@Nullable Listener listener;
    private volatile @Nullable ClientConnection connection;
    private volatile @Nullable Shipment shipment;
    private volatile boolean isStill;

    // These belong to the loop on which it is heard.
    private int pauses;
    private int unconfirmed;

    FarSession(int number, Link link, Relay relay) {
        this.number = number;
        this.link = link;
        this.relay = relay;
    }

    int number() {
        return number;
    }

    /** The way back, for a connection that is being made. */
    Outlet outlet(Outlet.Listener connectionsListener) {
        listener = connectionsListener;
        return this;
    }

    void joined(ClientConnection made) {
        connection = made;
    }

    @Nullable
    ClientConnection connection() {
        return connection;
    }

    /** It goes on at another node. */
    void goesElsewhere() {
        ClientConnection left = connection;
        if (left != null) {
            left.goesElsewhere();
        }
    }

    /** Its client says nothing more. Ends when all that it has said until now has been brought to the room. */
    CompletionStage<Void> heldStill() {
        CompletableFuture<Void> done = new CompletableFuture<>();
        ClientConnection heard = connection;
        if (heard == null) {
            done.complete(null);
        } else {
            heard.loop().execute(() -> {
                isStill = true;
                done.complete(null);
            });
        }
        return done;
    }

    // ---- what comes over the link

    void said(byte[] text, boolean last) {
        ClientConnection heard = connection;
        if (heard != null) {
            heard.loop().execute(() -> {
                heard.received(ByteBuffer.wrap(text), last);
                unconfirmed += text.length;
                confirm();
            });
        }
    }

    /** While the node has no room for more, the client is not read on: what it has said is not confirmed. */
    private void confirm() {
        if (pauses == 0 && unconfirmed > 0) {
            link.send(new Frame.Heard(number, unconfirmed));
            unconfirmed = 0;
        }
    }

    @Override
    public void pauseReading() {
        pauses++;
    }

    @Override
    public void resumeReading() {
        ClientConnection heard = connection;
        if (heard != null) {
            heard.loop().execute(() -> {
                pauses--;
                confirm();
            });
        }
    }

    void left() {
        stopShipment();
        ClientConnection gone = connection;
        if (gone != null) {
            gone.loop().execute(gone::closed);
        }
    }

    void overflowed() {
        stopShipment();
        Outlet.Listener told = listener;
        if (told != null) {
            told.overflowed();
        }
    }

    void folded(long sinceClock) {
        Outlet.Listener told = listener;
        if (told != null) {
            told.folded(sinceClock);
        }
    }

    void taken(int bytes) {
        Shipment moving = shipment;
        if (moving != null) {
            moving.taken(bytes);
            link.hasMore();
        }
    }

    // ---- what goes over the link

    @Override
    public Relay relay() {
        return relay;
    }

    @Override
    public boolean isQuiet() {
        ClientConnection heard = connection;
        return isStill && heard != null && !heard.isReceiving() && queuedBytes() == 0;
    }

    @Override
    public void data(SharedEvent event) {
        count(event.length());
        link.send(new Frame.Event(number, false, event.event()));
    }

    @Override
    public void caughtUp(SharedEvent event) {
        count(event.length());
        link.send(new Frame.Event(number, true, event.event()));
    }

    @Override
    public void message(ServerMessage message) {
        if (message instanceof ServerMessage.Pong) {
            pong();
            return;
        }
        Payload payload = message.encode();
        count(payload.length());
        if (!(message instanceof ConnectResponse response)) {
            link.send(new Frame.Message(number, -1, payload.whole()));
        } else if (payload.length() <= SMALL) {
            link.send(new Frame.Message(number, response.serverClock(), payload.whole()));
        } else {
            stopShipment(); // one for a client that has connected once more
            Shipment next = new Shipment(number, payload);
            shipment = next;
            link.send(new Frame.Hydration(number, response.serverClock(), payload.length()));
            link.sendFrom(next);
        }
    }

    private void stopShipment() {
        Shipment moving = shipment;
        if (moving != null) {
            moving.stop();
        }
    }

    private void count(long bytes) {
        sentBytes.add(bytes);
        sentMessages.increment();
    }

    @Override
    public void pong() {
        link.send(new Frame.Sign(number));
    }

    @Override
    public void close(int code, String reason) {
        link.send(new Frame.Close(number, false, code, reason));
    }

    @Override
    public void abort(int code, String reason) {
        stopShipment();
        link.send(new Frame.Close(number, true, code, reason));
    }

    /** Whether it reads is for the node to see that has its socket. */
    @Override
    public void tick(long now) {}

    @Override
    public long queuedBytes() {
        Shipment moving = shipment;
        return moving == null ? 0 : moving.left();
    }

    @Override
    public long sentBytes() {
        return sentBytes.sum();
    }

    @Override
    public long sentMessages() {
        return sentMessages.sum();
    }
}

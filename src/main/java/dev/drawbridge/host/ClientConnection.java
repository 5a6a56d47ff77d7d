package dev.drawbridge.host;

import dev.drawbridge.loop.Loop;
import dev.drawbridge.protocol.ClientMessage;
import dev.drawbridge.protocol.CloseReason;
import dev.drawbridge.protocol.ConnectResponse;
import dev.drawbridge.protocol.FrameDecoder;
import dev.drawbridge.protocol.Limit;
import dev.drawbridge.protocol.Protocol;
import dev.drawbridge.protocol.RefusalReason;
import dev.drawbridge.protocol.ServerMessage;
import dev.drawbridge.room.Effect;
import dev.drawbridge.room.Room;
import dev.drawbridge.room.Visitor;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One client in one room: what it says is brought to the room's host, and what the room says to its socket. */
public final class ClientConnection implements Recipient, Attendance {
    private static final Logger log = LoggerFactory.getLogger(ClientConnection.class);

    /** A client whose message is still coming in hears from us this often: its own pings queue behind it (§21.11). */
    private static final long SIGN_OF_LIFE_MILLIS = 4_000;

    private final Visitor visitor;
    private final RoomHost host;
    private final HostObserver observer;
    private final Loop loop;
    private final Outlet outbox;
    private final SessionLog sessionLog;
    private final ClientInbox inbox;
    private final CompletableFuture<Entry> entry = new CompletableFuture<>();
    private final CompletableFuture<Void> gone = new CompletableFuture<>();
    private volatile Part part = Part.NONE;
    /** The room is done with this one: it is on its way out, whatever becomes of what it has said. */
    private volatile boolean dismissed;

    // These belong to the ticks.
    private long heardBefore;
    private long toldAt;

    /** What the client takes part as. */
    enum Part {
        /** Not yet, or not any more. */
        NONE,
        EDITOR,
        VIEWER
    }

    /** One whose socket is here. */
    ClientConnection(
            Visitor visitor,
            RoomHost host,
            ClientSocket socket,
            Loop loop,
            Unfinished allUnfinished,
            RoomServices services) {
        this(
                visitor,
                host,
                socket,
                listener -> new SessionOutbox(
                        socket,
                        loop,
                        services.settings().limits().session().outboxBytes(),
                        services.memory().outgoing(),
                        listener,
                        services.observer()),
                loop,
                allUnfinished,
                services);
    }

    /** One whose messages come from and go to wherever. */
    ClientConnection(
            Visitor visitor,
            RoomHost host,
            Inlet inlet,
            Function<Outlet.Listener, Outlet> outlet,
            Loop loop,
            Unfinished allUnfinished,
            RoomServices services) {
        this.visitor = visitor;
        this.host = host;
        this.loop = loop;
        this.observer = services.observer();
        this.inbox = new ClientInbox(
                inlet,
                services.settings().limits().message(),
                new Intake(host.inbound(), services.memory().reading()),
                allUnfinished,
                services,
                new Hearer());
        this.outbox = outlet.apply(new Reader());
        this.sessionLog = new SessionLog(host.roomId(), visitor, services.clock());
        this.toldAt = services.clock().millis();
    }

    /** Enters the room; false when its host has ended. */
    boolean enter() {
        return enter((room, now) -> room.open(this, visitor, now));
    }

    /** Goes on in the room, which expects it; false when its host has ended. */
    boolean resume(long sinceClock) {
        return enter((room, now) -> {
            part = visitor.rights().readonly() ? Part.VIEWER : Part.EDITOR;
            return room.resume(this, visitor, sinceClock, now);
        });
    }

    private boolean enter(RoomInput entering) {
        return host.submit(new FromSocket(Optional.empty(), false, entering) {
            @Override
            public List<Effect> applyTo(Room room, long now) {
                List<Effect> effects = super.applyTo(room, now);
                entry.complete(Entry.Taken.INSTANCE);
                return effects;
            }

            @Override
            public void elsewhere(String nodeId) {
                entry.complete(new Entry.Elsewhere(nodeId));
                gone.complete(null);
            }

            @Override
            public void dropped() {
                super.dropped();
                entry.complete(Entry.TurnedAway.INSTANCE);
            }

            @Override
            public boolean createsRoom() {
                return true;
            }

            @Override
            public boolean isVisit() {
                return true;
            }
        });
    }

    /** What comes of its wanting to enter. */
    public CompletionStage<Entry> entry() {
        return entry;
    }

    /** On this what it says is to be brought. */
    public Loop loop() {
        return loop;
    }

    @Override
    public Outlet outlet() {
        return outbox;
    }

    @Override
    public void received(ByteBuffer bytes, boolean last) {
        inbox.received(bytes, last);
    }

    private void cutOff() {
        inbox.stopListening();
        outbox.abort(CloseCodes.TRY_AGAIN_LATER, "");
    }

    @Override
    public void closed() {
        inbox.closed();
    }

    /** It goes on at another node: nothing of it is the room's business any more. */
    public void goesElsewhere() {
        dismissed = true;
        part = Part.NONE;
        inbox.stopListening();
        gone.complete(null);
    }

    /** Whether a message is coming in, or waits to be let in. */
    public boolean isReceiving() {
        return inbox.isReceiving();
    }

    /** Closes the socket without waiting for what it has not taken yet; its client connects again. */
    void abort() {
        outbox.abort(CloseCodes.SERVICE_RESTART, "");
    }

    /** Ends when the socket is closed. */
    CompletionStage<Void> gone() {
        return gone;
    }

    /** Time has passed; about once a second, always by the same thread. Arriving bytes are signs of life (§21.11). */
    void tick(long now) {
        outbox.tick(now);
        long heardAt = inbox.heardAt();
        boolean moves = inbox.isHeldUp() || heardAt != heardBefore;
        heardBefore = heardAt;
        if (!inbox.isReceiving()) {
            toldAt = now; // its own pings are answered
        } else if (moves && !inbox.isDeaf()) {
            host.submit((room, time) -> room.hear(this, time));
            if (part != Part.NONE && now - toldAt >= SIGN_OF_LIFE_MILLIS) {
                toldAt = now;
                outbox.pong();
            }
        }
    }

    // ---- what it says

    /** Takes in what the inbox makes of it. */
    private final class Hearer implements ClientInbox.Listener {

        @Override
        public void said(FrameDecoder.Message message, Intake.Admission admission, boolean isLong) {
            observer.received(message.message(), message.length());
            sessionLog.received(message.length());
            say(Optional.of(admission), isLong, (room, now) -> receive(room, message, now));
        }

        @Override
        public void unreadable(FrameDecoder.Frame frame) {
            switch (frame) {
                case FrameDecoder.Broken(String why) -> {
                    inbox.stopListening();
                    say((room, now) -> room.lose(ClientConnection.this, why, now));
                }
                case FrameDecoder.Refused(RefusalReason reason, String why, Optional<Limit> limit) -> {
                    inbox.stopListening();
                    limit.ifPresent(observer::limitHit);
                    say((room, now) -> room.refuse(ClientConnection.this, reason, why));
                }
                case FrameDecoder.Partial ignored -> {
                    // more is to come
                }
                case FrameDecoder.Message ignored -> throw new IllegalStateException("it is to be admitted first");
            }
        }

        @Override
        public void noMemory() {
            observer.limitHit(Limit.MEMORY);
            cutOff();
        }

        @Override
        public void failed(Throwable why) {
            log.error("room {}, session {}: closed, because of an error", host.roomId(), visitor.sessionId(), why);
            cutOff();
        }

        @Override
        public void closed() {
            part = Part.NONE;
            outbox.abort(CloseCodes.NORMAL, "");
            gone.complete(null);
            say((room, now) -> room.lose(ClientConnection.this, "the client has left", now));
        }
    }

    private List<Effect> receive(Room room, FrameDecoder.Message message, long now) {
        if (!(message.message() instanceof ClientMessage.Push)) {
            return room.receive(this, message.message(), message.length(), now);
        }
        long begun = System.nanoTime();
        List<Effect> effects = room.receive(this, message.message(), message.length(), now);
        observer.pushed(System.nanoTime() - begun);
        return effects;
    }

    private void say(RoomInput input) {
        say(Optional.empty(), false, input);
    }

    /** Brings something to the room; a socket whose room has ended is closed. */
    private void say(Optional<Intake.Admission> admission, boolean isLong, RoomInput input) {
        FromSocket fromSocket = new FromSocket(admission, isLong, input);
        if (!host.submit(fromSocket)) {
            fromSocket.dropped();
        }
    }

    /** An input whose admission ends when its turn has come. */
    private class FromSocket implements RoomInput {
        private final Optional<Intake.Admission> admission;
        private final boolean isLong;
        private final RoomInput input;

        FromSocket(Optional<Intake.Admission> admission, boolean isLong, RoomInput input) {
            this.admission = admission;
            this.isLong = isLong;
            this.input = input;
        }

        @Override
        public boolean isLong() {
            return isLong;
        }

        @Override
        public List<Effect> applyTo(Room room, long now) {
            try {
                return input.applyTo(room, now);
            } finally {
                admission.ifPresent(Intake.Admission::end);
            }
        }

        @Override
        public void dropped() {
            admission.ifPresent(Intake.Admission::end);
            if (!dismissed) {
                cutOff();
            }
        }
    }

    // ---- what it is told

    @Override
    public String sessionId() {
        return visitor.sessionId();
    }

    @Override
    public void data(SharedEvent event) {
        outbox.data(event);
    }

    @Override
    public void caughtUp(SharedEvent event) {
        outbox.caughtUp(event);
    }

    @Override
    public void message(ServerMessage message) {
        if (message instanceof ConnectResponse response) {
            part = response.isReadonly() ? Part.VIEWER : Part.EDITOR;
            observer.hydrated(response.hydrationType(), response.encode().length());
            sessionLog.joined(response);
        }
        outbox.message(message);
    }

    @Override
    public void close(Optional<CloseReason> refusal, int retriableCode, String why) {
        if (dismissed) {
            return; // lost first, and removed later
        }
        dismissed = true;
        part = Part.NONE;
        refusal.ifPresentOrElse(reason -> observer.refused(reason.kind()), () -> observer.closed(retriableCode));
        sessionLog.ended(refusal, why, outbox);
        refusal.ifPresentOrElse(
                reason -> outbox.close(Protocol.FATAL_CLOSE_CODE, reason.text()),
                () -> outbox.close(retriableCode, ""));
    }

    /** What it takes part as. */
    Part part() {
        return part;
    }

    /** What waits to be sent to it, in bytes. */
    long queuedBytes() {
        return outbox.queuedBytes();
    }

    /** How the client reads. */
    private final class Reader implements Outlet.Listener {

        @Override
        public void overflowed() {
            observer.slowConsumer();
            observer.limitHit(Limit.OUTBOX);
            say((room, now) -> room.lose(ClientConnection.this, "reads too slowly", now));
        }

        @Override
        public void folded(long sinceClock) {
            observer.folded();
            say((room, now) -> room.catchUp(ClientConnection.this, sinceClock, now));
        }
    }
}

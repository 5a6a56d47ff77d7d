package dev.drawbridge.host;

import dev.drawbridge.protocol.ClientMessage;
import dev.drawbridge.protocol.ConnectResponse;
import dev.drawbridge.protocol.FrameDecoder;
import dev.drawbridge.protocol.Limit;
import dev.drawbridge.protocol.Protocol;
import dev.drawbridge.protocol.RefusalReason;
import dev.drawbridge.protocol.ServerMessage;
import dev.drawbridge.room.Effect;
import dev.drawbridge.room.Room;
import dev.drawbridge.room.Visitor;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/** One client's socket in one room: decodes what it says, on the socket's thread, and brings it to the room's host. */
public final class ClientConnection implements Recipient {
    private final Visitor visitor;
    private final RoomHost host;
    private final HostObserver observer;
    private final SessionOutbox outbox;
    private final SessionLog sessionLog;
    private final FrameDecoder decoder;
    private final InboundWindow window = new InboundWindow();
    private final CompletableFuture<Void> gone = new CompletableFuture<>();
    private volatile Part part = Part.NONE;
    /** What the socket says after it has been found beyond help is not even read. */
    private volatile boolean deaf;
    /** The room is done with this one: it is on its way out, whatever becomes of what it has said. */
    private volatile boolean dismissed;

    /** What the client takes part as. */
    enum Part {
        /** Not yet, or not any more. */
        NONE,
        EDITOR,
        VIEWER
    }

    ClientConnection(Visitor visitor, RoomHost host, ClientSocket socket, Executor pacer, RoomServices services) {
        this.visitor = visitor;
        this.host = host;
        this.observer = services.observer();
        this.decoder = new FrameDecoder(services.settings().frames());
        this.outbox =
                new SessionOutbox(socket, pacer, services.settings().maxOutboxBytes(), this::readsTooSlowly, observer);
        this.sessionLog = new SessionLog(host.roomId(), visitor, services.clock());
    }

    /** Enters the room; false when its host has ended. */
    boolean enter() {
        boolean entered = host.submit(new FromSocket(0, (room, now) -> room.open(this, visitor, now)) {
            @Override
            public boolean createsRoom() {
                return true;
            }

            @Override
            public boolean isVisit() {
                return true;
            }
        });
        if (entered) {
            outbox.start(
                    "outbox-" + sessionId(), Map.of(LogFields.ROOM, host.roomId(), LogFields.SESSION, sessionId()));
        }
        return entered;
    }

    /**
     * A complete text frame has come. Called by the socket's thread, one at a time; it waits while too much of what came
     * before is still unhandled.
     */
    public void frame(String text) {
        if (!deaf) {
            handle(decoder.decode(text), InboundWindow.weight(text.length()));
        }
    }

    /** A frame is coming that is longer than any message may be; the rest of it is not to be given to {@link #frame}. */
    public void tooLong() {
        if (!deaf) {
            handle(decoder.tooLong(), 0);
        }
    }

    /** The socket is closed, by whomever. */
    public void closed() {
        deaf = true;
        part = Part.NONE;
        outbox.abort(CloseCodes.NORMAL, "");
        gone.complete(null);
        say(0, (room, now) -> room.lose(this, "the client has left", now));
    }

    /** Closes the socket without waiting for what it has not taken yet; its client connects again. */
    void abort() {
        outbox.abort(CloseCodes.SERVICE_RESTART, "");
    }

    /** Ends when the socket is closed. */
    CompletionStage<Void> gone() {
        return gone;
    }

    private void handle(FrameDecoder.Frame frame, int weight) {
        switch (frame) {
            case FrameDecoder.Partial ignored -> {
                // more is to come
            }
            case FrameDecoder.Message message -> {
                observer.received(message.message(), message.length());
                sessionLog.received(message.length());
                if (window.enter(weight)) {
                    say(weight, (room, now) -> receive(room, message, now));
                } else {
                    deaf = true;
                    outbox.abort(CloseCodes.TRY_AGAIN_LATER, "");
                }
            }
            case FrameDecoder.Broken(String why) -> {
                deaf = true;
                say(0, (room, now) -> room.lose(this, why, now));
            }
            case FrameDecoder.Refused(RefusalReason reason, String why, Optional<Limit> limit) -> {
                deaf = true;
                limit.ifPresent(observer::limitHit);
                say(0, (room, now) -> room.refuse(this, reason, why));
            }
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

    /** Brings something to the room; a socket whose room has ended is closed. */
    private void say(int weight, RoomInput input) {
        FromSocket fromSocket = new FromSocket(weight, input);
        if (!host.submit(fromSocket)) {
            fromSocket.dropped();
        }
    }

    /** An input that leaves the window when its turn has come. */
    private class FromSocket implements RoomInput {
        private final int weight;
        private final RoomInput input;

        FromSocket(int weight, RoomInput input) {
            this.weight = weight;
            this.input = input;
        }

        @Override
        public List<Effect> applyTo(Room room, long now) {
            window.leave(weight);
            return input.applyTo(room, now);
        }

        @Override
        public void dropped() {
            window.leave(weight);
            if (!dismissed) {
                outbox.abort(CloseCodes.TRY_AGAIN_LATER, "");
            }
        }
    }

    @Override
    public String sessionId() {
        return visitor.sessionId();
    }

    @Override
    public void data(byte[] event) {
        outbox.data(event);
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
    public void close(Optional<RefusalReason> refusal, int retriableCode, String why) {
        if (dismissed) {
            return; // lost first, and removed later
        }
        dismissed = true;
        part = Part.NONE;
        refusal.ifPresentOrElse(observer::refused, () -> observer.closed(retriableCode));
        sessionLog.ended(refusal, why, outbox);
        refusal.ifPresentOrElse(
                reason -> outbox.close(Protocol.FATAL_CLOSE_CODE, reason.name()),
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

    private void readsTooSlowly() {
        observer.slowConsumer();
        observer.limitHit(Limit.OUTBOX);
        say(0, (room, now) -> room.lose(this, "reads too slowly", now));
    }
}

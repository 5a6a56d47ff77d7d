package dev.drawbridge.host;

import dev.drawbridge.protocol.FrameDecoder;
import dev.drawbridge.protocol.Protocol;
import dev.drawbridge.protocol.RefusalReason;
import dev.drawbridge.protocol.ServerMessage;
import dev.drawbridge.room.Effect;
import dev.drawbridge.room.Room;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;

/** One client's socket in one room: decodes what it says, on the socket's thread, and brings it to the room's host. */
public final class ClientConnection implements Recipient {
    private final String sessionId;
    private final RoomHost host;
    private final SessionOutbox outbox;
    private final FrameDecoder decoder;
    private final InboundWindow window = new InboundWindow();
    /** What the socket says after it has been found beyond help is not even read. */
    private boolean deaf;

    ClientConnection(String sessionId, RoomHost host, ClientSocket socket, Executor pacer, HostSettings settings) {
        this.sessionId = sessionId;
        this.host = host;
        this.decoder = new FrameDecoder(settings.frames());
        this.outbox = new SessionOutbox(socket, pacer, settings.maxOutboxBytes(), this::readsTooSlowly);
    }

    /** Enters the room; false when its host has ended. */
    boolean enter(boolean readonly) {
        boolean entered = submit(0, (room, now) -> room.open(this, sessionId, readonly, now));
        if (entered) {
            outbox.start("outbox-" + sessionId);
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
        outbox.abort(CloseCodes.NORMAL, "");
        say(0, (room, now) -> room.lose(this, "the client has left", now));
    }

    private void handle(FrameDecoder.Frame frame, int weight) {
        switch (frame) {
            case FrameDecoder.Partial ignored -> {
                // more is to come
            }
            case FrameDecoder.Message message -> {
                if (window.enter(weight)) {
                    say(weight, (room, now) -> room.receive(this, message.message(), now));
                } else {
                    deaf = true;
                    outbox.abort(CloseCodes.TRY_AGAIN_LATER, "");
                }
            }
            case FrameDecoder.Broken(String why) -> {
                deaf = true;
                say(0, (room, now) -> room.lose(this, why, now));
            }
            case FrameDecoder.Refused(RefusalReason reason, String why) -> {
                deaf = true;
                say(0, (room, now) -> room.refuse(this, reason, why));
            }
        }
    }

    /** Brings something to the room; a socket whose room has ended is closed. */
    private void say(int weight, RoomInput input) {
        if (!submit(weight, input)) {
            outbox.abort(CloseCodes.TRY_AGAIN_LATER, "");
        }
    }

    private boolean submit(int weight, RoomInput input) {
        boolean taken = host.submit(new RoomInput() {
            @Override
            public List<Effect> applyTo(Room room, long now) {
                window.leave(weight);
                return input.applyTo(room, now);
            }

            @Override
            public void dropped() {
                window.leave(weight);
                outbox.abort(CloseCodes.TRY_AGAIN_LATER, "");
            }
        });
        if (!taken) {
            window.leave(weight);
        }
        return taken;
    }

    @Override
    public String sessionId() {
        return sessionId;
    }

    @Override
    public void data(byte[] event) {
        outbox.data(event);
    }

    @Override
    public void message(ServerMessage message) {
        outbox.message(message);
    }

    @Override
    public void close(Optional<RefusalReason> refusal, int retriableCode) {
        refusal.ifPresentOrElse(
                reason -> outbox.close(Protocol.FATAL_CLOSE_CODE, reason.name()),
                () -> outbox.close(retriableCode, ""));
    }

    private void readsTooSlowly() {
        say(0, (room, now) -> room.lose(this, "reads too slowly", now));
    }
}

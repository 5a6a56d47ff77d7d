package dev.drawbridge.host;

import dev.drawbridge.loop.Loop;
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
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client's socket in one room: decodes what it says and brings it to the room's host. That is done on the loop that
 * serves the socket; but a message that takes long, or for which there is no room yet, and all that comes behind it, is
 * brought by a thread of its own, which may wait. The socket is not read on meanwhile.
 */
public final class ClientConnection implements Recipient {
    private static final Logger log = LoggerFactory.getLogger(ClientConnection.class);

    /** A client whose message is still coming in hears from us this often: its own pings queue behind it (§21.11). */
    private static final long SIGN_OF_LIFE_MILLIS = 4_000;

    /** A message that costs more than this, in bytes, may take long to read and to handle. */
    private static final long LONG = 256 << 10;

    /** An upload that moves brings something more often than this. */
    private static final long STALLED_MILLIS = 3_000;

    /** What a chunk may have before its underscore. */
    private static final int CHUNK_HEADER = 64;

    private final Visitor visitor;
    private final RoomHost host;
    private final ClientSocket socket;
    private final Executor background;
    private final HostClock clock;
    private final HostObserver observer;
    private final SessionOutbox outbox;
    private final SessionLog sessionLog;
    private final FrameDecoder decoder;
    private final Intake intake;
    private final Unfinished allUnfinished;
    private final CompletableFuture<Void> gone = new CompletableFuture<>();
    private volatile Part part = Part.NONE;
    /** What the socket says after it has been found beyond help is not even read. */
    private volatile boolean deaf;
    /** The room is done with this one: it is on its way out, whatever becomes of what it has said. */
    private volatile boolean dismissed;

    /** The frame that is not complete yet. */
    private ByteArrayOutputStream frame = new ByteArrayOutputStream(0);
    /** How many bytes are kept of a message that is not complete yet. */
    private volatile long unfinished;

    private volatile long unfinishedSince;
    /** How many UTF-16 units the frame has that is not complete yet. */
    private long units;
    /** In the order of their coming; under its own lock. */
    private final ArrayDeque<Parked> parked = new ArrayDeque<>();

    /** Whether a thread brings what is parked. Changed under the lock of what is parked. */
    private volatile boolean bringing;

    /** The socket was closed while what it had said was still being brought. */
    private boolean closedMeanwhile;

    private volatile long heardAt;

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

    ClientConnection(
            Visitor visitor,
            RoomHost host,
            ClientSocket socket,
            Loop loop,
            Unfinished allUnfinished,
            RoomServices services) {
        this.visitor = visitor;
        this.host = host;
        this.socket = socket;
        this.background = services.background();
        this.clock = services.clock();
        this.observer = services.observer();
        this.decoder = new FrameDecoder(services.settings().limits().message());
        this.intake = new Intake(host.inbound(), services.memory().reading());
        this.allUnfinished = allUnfinished;
        this.outbox = new SessionOutbox(
                socket,
                loop,
                services.settings().limits().session().outboxBytes(),
                services.memory().outgoing(),
                new Reader(),
                observer);
        this.sessionLog = new SessionLog(host.roomId(), visitor, clock);
        this.heardAt = clock.millis();
        this.toldAt = heardAt;
    }

    /** Enters the room; false when its host has ended. */
    boolean enter() {
        return host.submit(new FromSocket(Optional.empty(), false, (room, now) -> room.open(this, visitor, now)) {
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

    /**
     * A part of a message has come, as UTF-8. Called on the loop that serves the socket; never waits. The buffer is the
     * caller's again when it returns.
     */
    public void received(ByteBuffer bytes, boolean last) {
        heardAt = clock.millis();
        if (deaf) {
            forgetUnfinished();
        } else if (last && frame.size() == 0) {
            arrived(new String(copy(bytes), StandardCharsets.UTF_8));
        } else {
            byte[] copy = copy(bytes);
            units += units(copy);
            if (units > decoder.maxMessageLength() + CHUNK_HEADER) {
                handle(decoder.tooLong());
                forgetUnfinished();
                return;
            }
            frame.writeBytes(copy);
            if (last) {
                String text = frame.toString(StandardCharsets.UTF_8);
                forgetFrame();
                arrived(text);
            }
            account();
        }
    }

    private static byte[] copy(ByteBuffer bytes) {
        byte[] copy = new byte[bytes.remaining()];
        bytes.get(copy);
        return copy;
    }

    /** How many UTF-16 units characters take that begin in these bytes. */
    private static long units(byte[] utf8) {
        long units = 0;
        for (byte b : utf8) {
            if ((b & 0xC0) != 0x80) {
                units += (b & 0xF8) == 0xF0 ? 2 : 1;
            }
        }
        return units;
    }

    private void forgetFrame() {
        frame = new ByteArrayOutputStream(0); // one that is used again keeps the room that it once took
        units = 0;
    }

    private void account() {
        long before = unfinished;
        unfinished = (long) frame.size() + decoder.pending();
        if (before == 0) {
            unfinishedSince = heardAt;
        }
        if (before != unfinished) {
            allUnfinished.account(this, before, unfinished, clock.millis());
        }
    }

    private void forgetUnfinished() {
        forgetFrame();
        decoder.reset();
        account();
    }

    /** How many bytes are kept for it of a message of which no more has come for a while. */
    long stalledBytes(long now) {
        return now - heardAt >= STALLED_MILLIS ? unfinished : 0;
    }

    /** When the message began that is not complete yet, in milliseconds. */
    long unfinishedSince() {
        return unfinishedSince;
    }

    /** The node has no memory for what it has begun to say. */
    void tooMuchUnfinished() {
        observer.limitHit(Limit.MEMORY);
        cutOff();
    }

    private void cutOff() {
        deaf = true;
        outbox.abort(CloseCodes.TRY_AGAIN_LATER, "");
    }

    /** The socket is closed, by whomever. What it has said before still counts. */
    public void closed() {
        synchronized (parked) {
            if (bringing) {
                closedMeanwhile = true;
                return;
            }
        }
        leave();
    }

    private void leave() {
        deaf = true;
        part = Part.NONE;
        forgetUnfinished();
        outbox.abort(CloseCodes.NORMAL, "");
        gone.complete(null);
        say(Optional.empty(), (room, now) -> room.lose(this, "the client has left", now));
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
        boolean receiving = bringing || unfinished > 0;
        boolean moves = bringing || (receiving && heardAt != heardBefore);
        heardBefore = heardAt;
        if (!receiving) {
            toldAt = now; // its own pings are answered
        } else if (moves && !deaf) {
            host.submit((room, time) -> room.hear(this, time));
            if (part != Part.NONE && now - toldAt >= SIGN_OF_LIFE_MILLIS) {
                toldAt = now;
                outbox.pong();
            }
        }
    }

    // ---- what it says

    /** What is complete and waits to be brought. */
    private sealed interface Parked {

        /** A message that takes long, or for which there was no room. */
        record Message(FrameDecoder.Complete complete) implements Parked {}

        /** A frame that has come behind it. */
        record Frame(String text) implements Parked {}
    }

    /** A frame is complete. */
    private void arrived(String text) {
        if (bringing) {
            synchronized (parked) {
                if (bringing) {
                    parked.add(new Parked.Frame(text));
                    return;
                }
            }
        }
        switch (decoder.join(text)) {
            case FrameDecoder.Complete complete -> {
                if (!bringNow(complete)) {
                    park(complete);
                }
            }
            case FrameDecoder.Frame other -> handle(other);
        }
    }

    private void park(FrameDecoder.Complete complete) {
        socket.pauseReading();
        synchronized (parked) {
            parked.add(new Parked.Message(complete));
            bringing = true;
        }
        Thread.startVirtualThread(this::bringParked);
    }

    private void bringParked() {
        for (Parked next = nextParked(); next != null; next = nextParked()) {
            try {
                switch (next) {
                    case Parked.Message(FrameDecoder.Complete complete) -> bringPatiently(complete);
                    case Parked.Frame(String text) -> {
                        switch (decoder.join(text)) {
                            case FrameDecoder.Complete complete -> bringPatiently(complete);
                            case FrameDecoder.Frame other -> handle(other);
                        }
                    }
                }
            } catch (RuntimeException | Error e) {
                log.error(
                        "room {}, session {}: closed, because a message could not be taken in",
                        host.roomId(),
                        visitor.sessionId(),
                        e);
                cutOff();
            }
        }
    }

    /** The next one; when there is none the socket is read on, by whoever serves it. */
    private @Nullable Parked nextParked() {
        boolean isClosed;
        synchronized (parked) {
            Parked next = parked.poll();
            if (next != null && !deaf) {
                return next;
            }
            parked.clear();
            bringing = false;
            isClosed = closedMeanwhile;
        }
        if (isClosed) {
            leave();
        } else {
            socket.resumeReading();
        }
        return null;
    }

    /** @return false when it would take long, or there is no room for it; nothing has happened then */
    private boolean bringNow(FrameDecoder.Complete complete) {
        if (complete.text().length() > LONG) {
            return false;
        }
        long cost = MessageCost.of(complete.text());
        if (cost > LONG) {
            return false;
        }
        Intake.Admission admission = intake.tryAdmit(cost);
        if (admission == null) {
            return false;
        }
        bring(complete, admission, false);
        return true;
    }

    /** May wait. */
    private void bringPatiently(FrameDecoder.Complete complete) {
        long cost = MessageCost.of(complete.text());
        if (!intake.fits(cost)) {
            handle(decoder.tooLong());
            return;
        }
        Intake.Admission admission = intake.admit(cost);
        if (admission == null) {
            observer.limitHit(Limit.MEMORY);
            cutOff();
        } else {
            bring(complete, admission, cost > LONG);
        }
    }

    private void bring(FrameDecoder.Complete complete, Intake.Admission admission, boolean isLong) {
        boolean said = false;
        try {
            FrameDecoder.Frame read = isLong ? inBackground(() -> decoder.read(complete)) : decoder.read(complete);
            if (read instanceof FrameDecoder.Message message) {
                observer.received(message.message(), message.length());
                sessionLog.received(message.length());
                said = true;
                say(Optional.of(admission), isLong, (room, now) -> receive(room, message, now));
            } else {
                handle(read);
            }
        } finally {
            if (!said) {
                admission.end();
            }
        }
    }

    private void handle(FrameDecoder.Frame frame) {
        switch (frame) {
            case FrameDecoder.Broken(String why) -> {
                deaf = true;
                say(Optional.empty(), (room, now) -> room.lose(this, why, now));
            }
            case FrameDecoder.Refused(RefusalReason reason, String why, Optional<Limit> limit) -> {
                deaf = true;
                limit.ifPresent(observer::limitHit);
                say(Optional.empty(), (room, now) -> room.refuse(this, reason, why));
            }
            case FrameDecoder.Partial ignored -> {
                // more is to come
            }
            case FrameDecoder.Message ignored -> throw new IllegalStateException("it is to be admitted first");
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

    /** What takes long is not done on a thread that others need. */
    private <T> T inBackground(Supplier<T> work) {
        return CompletableFuture.supplyAsync(work, background).join();
    }

    private void say(Optional<Intake.Admission> admission, RoomInput input) {
        say(admission, false, input);
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

    /** How the client reads. */
    private final class Reader implements SessionOutbox.Listener {

        @Override
        public void overflowed() {
            observer.slowConsumer();
            observer.limitHit(Limit.OUTBOX);
            say(Optional.empty(), (room, now) -> room.lose(ClientConnection.this, "reads too slowly", now));
        }

        @Override
        public void folded(long sinceClock) {
            observer.folded();
            say(Optional.empty(), (room, now) -> room.catchUp(ClientConnection.this, sinceClock, now));
        }
    }
}

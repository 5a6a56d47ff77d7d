package dev.drawbridge.host;

import dev.drawbridge.protocol.FrameDecoder;
import dev.drawbridge.protocol.FrameDecoder.Complete;
import dev.drawbridge.protocol.FrameDecoder.Frame;
import dev.drawbridge.protocol.Limits;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Makes messages of what comes over one socket, and lets them in when there is room for them. That is done on the loop that
 * serves the socket; but a message that takes long, or for which there is no room yet, is parked with all that comes behind
 * it: a thread of its own, which may wait, goes on with them in their order, and the socket is not read on meanwhile.
 */
final class ClientInbox {
    /** A message that costs more than this, in bytes, may take long to read and to handle. */
    private static final long LONG = 256 << 10;

    /** An upload that moves brings something more often than this. */
    private static final long STALLED_MILLIS = 3_000;

    /** What a chunk may have before its underscore. */
    private static final int CHUNK_HEADER = 64;

    private final Inlet socket;
    private final FrameDecoder decoder;
    private final Intake intake;
    private final Unfinished allUnfinished;
    private final Executor background;
    private final HostClock clock;
    private final Listener listener;

    /** The frame that is not complete yet, and how many UTF-16 units it has. For the loop. */
    private ByteArrayOutputStream frame = new ByteArrayOutputStream(0);

    private long units;
    private volatile long framed;

    /** How many bytes are kept of a chunk sequence; told by whoever uses the decoder. */
    private volatile long pending;

    /** How many are kept of what is complete and has not been let in; changed under the lock of what is parked. */
    private volatile long waiting;

    /** All that is kept of what has not been let in, as it was counted last. */
    private volatile long unfinished;

    private final Object accounting = new Object();

    private volatile long unfinishedSince;
    private volatile long heardAt;

    /** In the order of their coming; under its own lock. */
    private final ArrayDeque<Parked> parked = new ArrayDeque<>();

    /**
     * Whether a thread goes on with what is parked: until it has done so, what is complete is its business. Changed under the
     * lock of what is parked.
     */
    private volatile boolean patient;

    private boolean closedMeanwhile;

    /** Who goes on with what is parked; under the lock of that. */
    private @Nullable Thread patientThread;

    private volatile boolean deaf;

    /** Who hears what comes in: on the loop, or on the thread that goes on with what was parked, never on both at once. */
    interface Listener {

        /**
         * A message that was let in.
         *
         * @param admission ends when it has been handled, or dropped
         * @param isLong whether handling it may take long
         */
        void said(FrameDecoder.Message message, Intake.Admission admission, boolean isLong);

        /** Something that is none, or a part of one. */
        void unreadable(Frame frame);

        /** The node has had no memory for a message, for too long. */
        void noMemory();

        /** A message could not be taken in, because of a bug. */
        void failed(Throwable why);

        /** Nothing more comes: the socket is closed, and all that came before has been heard. */
        void closed();
    }

    /** What is complete and waits. */
    private sealed interface Parked {

        /** A message that takes long, or for which there was no room. */
        record Message(Complete complete) implements Parked {
            @Override
            public long bytes() {
                return complete.text().length();
            }
        }

        /** A frame that has come behind it. */
        record Text(String text) implements Parked {
            @Override
            public long bytes() {
                return text.length();
            }
        }

        /** A frame behind it that has become too long to be taken. */
        record TooLong() implements Parked {
            @Override
            public long bytes() {
                return 0;
            }
        }

        /** What is kept of it until it is let in. */
        long bytes();
    }

    ClientInbox(
            Inlet socket,
            Limits.OfMessage limits,
            Intake intake,
            Unfinished allUnfinished,
            RoomServices services,
            Listener listener) {
        this.socket = socket;
        this.decoder = new FrameDecoder(limits);
        this.intake = intake;
        this.allUnfinished = allUnfinished;
        this.background = services.background();
        this.clock = services.clock();
        this.listener = listener;
        this.heardAt = clock.millis();
    }

    /** A part of a message has come, as UTF-8. On the loop; never waits. The buffer is the caller's again when it returns. */
    void received(ByteBuffer bytes, boolean last) {
        heardAt = clock.millis();
        if (deaf) {
            forgetUnfinished();
        } else if (last && frame.size() == 0) {
            arrived(new String(copy(bytes), StandardCharsets.UTF_8));
            if (framed + pending + waiting != unfinished) {
                account();
            }
        } else {
            append(copy(bytes), last);
        }
    }

    private void append(byte[] part, boolean last) {
        units += units(part);
        if (units > decoder.maxMessageLength() + CHUNK_HEADER) {
            forgetFrame();
            tooLong();
        } else {
            frame.writeBytes(part);
            framed = frame.size();
            if (last) {
                String text = frame.toString(StandardCharsets.UTF_8);
                forgetFrame();
                arrived(text);
            }
        }
        account();
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

    // ---- what is not complete

    private void forgetFrame() {
        frame = new ByteArrayOutputStream(0); // one that is used again keeps the room that it once took
        framed = 0;
        units = 0;
    }

    private void forgetUnfinished() {
        forgetFrame();
        if (!patient) {
            decoder.reset();
            pending = 0;
        }
        account();
    }

    /** Counts what is kept, until it is counted as what is being read: by the loop, and by who goes on with what is parked. */
    private void account() {
        synchronized (accounting) {
            long before = unfinished;
            unfinished = framed + pending + waiting;
            if (before == 0) {
                unfinishedSince = heardAt;
            }
            if (before != unfinished) {
                allUnfinished.account(this, before, unfinished, clock.millis());
            }
        }
    }

    /** How many bytes are kept of a message of which no more has come for a while; none while it is we who do not read. */
    long stalledBytes(long now) {
        return !patient && now - heardAt >= STALLED_MILLIS ? unfinished : 0;
    }

    /** How many bytes are kept of what is not complete, or waits. */
    long unfinished() {
        return unfinished;
    }

    /** When the message began that is not complete yet, in milliseconds. */
    long unfinishedSince() {
        return unfinishedSince;
    }

    /** The node has no memory for what has been begun to be said. */
    void tooMuchUnfinished() {
        listener.noMemory();
    }

    /** When something came last, in milliseconds. */
    long heardAt() {
        return heardAt;
    }

    /** Whether a message is coming in, or waits to be let in. */
    boolean isReceiving() {
        return patient || unfinished > 0;
    }

    /** Whether it is we whom the client waits for. */
    boolean isHeldUp() {
        return patient;
    }

    // ---- what is complete

    private void arrived(String text) {
        if (isParkedBehind(new Parked.Text(text))) {
            return;
        }
        switch (join(text)) {
            case Complete complete -> {
                if (!letInNow(complete)) {
                    park(complete);
                }
            }
            case Frame other -> listener.unreadable(other);
        }
    }

    private FrameDecoder.Joined join(String text) {
        FrameDecoder.Joined joined = decoder.join(text);
        pending = decoder.pending();
        return joined;
    }

    private void tooLong() {
        if (!isParkedBehind(new Parked.TooLong())) {
            listener.unreadable(decoder.tooLong());
        }
    }

    private boolean isParkedBehind(Parked next) {
        if (!patient) {
            return false;
        }
        synchronized (parked) {
            if (!patient) {
                return false;
            }
            parked.add(next);
            waiting += next.bytes();
            return true;
        }
    }

    private void park(Complete complete) {
        socket.pauseReading();
        Parked first = new Parked.Message(complete);
        synchronized (parked) {
            parked.add(first);
            waiting += first.bytes();
            patient = true;
        }
        Thread thread = Thread.ofVirtual().unstarted(this::goOnPatiently);
        synchronized (parked) {
            patientThread = thread;
        }
        thread.start();
    }

    private void goOnPatiently() {
        for (Parked next = nextParked(); next != null; next = nextParked()) {
            try {
                switch (next) {
                    case Parked.Message(Complete complete) -> letInPatiently(complete);
                    case Parked.Text(String text) -> {
                        switch (join(text)) {
                            case Complete complete -> letInPatiently(complete);
                            case Frame other -> listener.unreadable(other);
                        }
                    }
                    case Parked.TooLong() -> listener.unreadable(decoder.tooLong());
                }
            } catch (RuntimeException | Error e) {
                listener.failed(e);
            } finally {
                noLongerWaiting(next.bytes());
            }
        }
    }

    private void noLongerWaiting(long bytes) {
        synchronized (parked) {
            waiting -= bytes;
        }
        account();
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
            waiting = 0;
            patient = false;
            patientThread = null;
            isClosed = closedMeanwhile;
        }
        account();
        if (isClosed) {
            end();
        } else {
            socket.resumeReading();
        }
        return null;
    }

    /** @return false when it would take long, or there is no room for it; nothing has happened then */
    private boolean letInNow(Complete complete) {
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
        read(admission, false, () -> decoder.read(complete));
        return true;
    }

    /** May wait. */
    private void letInPatiently(Complete complete) {
        long cost = MessageCost.of(complete.text());
        if (!intake.fits(cost)) {
            listener.unreadable(decoder.tooLong());
            return;
        }
        Intake.Admission admission = intake.admit(cost);
        if (admission == null) {
            if (!deaf) {
                listener.noMemory();
            }
        } else if (cost > LONG) {
            read(admission, true, () -> inBackground(() -> decoder.read(complete)));
        } else {
            read(admission, false, () -> decoder.read(complete));
        }
    }

    /** What takes long is not done on a thread that others need. */
    private Frame inBackground(Supplier<Frame> work) {
        return CompletableFuture.supplyAsync(work, background).join();
    }

    private void read(Intake.Admission admission, boolean isLong, Supplier<Frame> reading) {
        boolean said = false;
        try {
            Frame read = reading.get();
            if (read instanceof FrameDecoder.Message message) {
                said = true;
                listener.said(message, admission, isLong);
            } else {
                listener.unreadable(read);
            }
        } finally {
            if (!said) {
                admission.end();
            }
        }
    }

    // ---- the end

    /** What comes from now on is not even read, and what waits is let go of. */
    void stopListening() {
        deaf = true;
        synchronized (parked) {
            Thread waits = patientThread;
            if (waits != null && waits != Thread.currentThread()) {
                waits.interrupt();
            }
        }
    }

    boolean isDeaf() {
        return deaf;
    }

    /** The socket is closed. What was complete before still counts. */
    void closed() {
        synchronized (parked) {
            if (patient) {
                closedMeanwhile = true;
                return;
            }
        }
        end();
    }

    private void end() {
        deaf = true;
        forgetUnfinished();
        listener.closed();
    }
}

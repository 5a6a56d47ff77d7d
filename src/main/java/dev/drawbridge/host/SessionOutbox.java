package dev.drawbridge.host;

import dev.drawbridge.loop.Loop;
import dev.drawbridge.protocol.ConnectResponse;
import dev.drawbridge.protocol.Payload;
import dev.drawbridge.protocol.ServerMessage;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What is to go out over one socket. Anybody may put something in and never waits; one loop sends.
 *
 * <p>Data events keep the rhythm of §14: the first goes out at once, what follows within a sixtieth of a second goes out
 * together. Other messages go out at once, after the data that came before them; only a pong overtakes.
 *
 * <p>What waits for a client that reads slowly is bounded: it is folded ({@link Backlog}), and a client for which even
 * that is not enough is cut off.
 */
public final class SessionOutbox implements Outlet {
    private static final Payload PONG = new ServerMessage.Pong().encode();

    /** An answer each, but no more than any client waits for. */
    private static final int MOST_PONGS = 16;

    /** A tldraw client that takes nothing for so long has given up by itself: it pings, and hears no answer. */
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private static final Duration PATIENCE_AT_THE_END = Duration.ofSeconds(5);

    private final ClientSocket socket;
    private final Loop loop;
    private final long maxQueuedBytes;
    private final ByteBudget budget;
    private final Listener listener;
    private final HostObserver observer;

    private final ReentrantLock lock = new ReentrantLock();
    private final Backlog backlog = new Backlog();
    private int pongs;
    /** Nothing is put in any more. */
    private boolean closed;
    /** What waits is dropped, and the socket is to be closed now. */
    private @Nullable Ending abort;

    private final AtomicBoolean woken = new AtomicBoolean();
    private final LongAdder sentBytes = new LongAdder();
    private final LongAdder sentMessages = new LongAdder();

    // These belong to the ticks.
    private long unsentBefore;
    private long progressAt;

    // The rest belongs to the loop.
    private boolean paced;
    /** Something has gathered while data was held back. */
    private boolean gathered;

    private boolean over;
    private volatile @Nullable Runnable sending;

    /** How it ends. */
    private record Ending(int code, String reason) {}

    /**
     * @param loop where it is served
     * @param maxQueuedBytes how much may wait while the socket does not take it
     * @param budget what all outboxes of the node may hold
     * @param observer is told of each message that is sent
     */
    public SessionOutbox(
            ClientSocket socket,
            Loop loop,
            long maxQueuedBytes,
            ByteBudget budget,
            Listener listener,
            HostObserver observer) {
        this.socket = socket;
        this.loop = loop;
        this.maxQueuedBytes = maxQueuedBytes;
        this.budget = budget;
        this.listener = listener;
        this.observer = observer;
    }

    @Override
    public long queuedBytes() {
        return waitingBytes() + socket.unsent();
    }

    private long waitingBytes() {
        lock.lock();
        try {
            return backlog.bytes();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public long sentBytes() {
        return sentBytes.sum();
    }

    @Override
    public long sentMessages() {
        return sentMessages.sum();
    }

    /** Whether a message is on its way that the network has not taken yet. */
    boolean isSending() {
        return sending != null;
    }

    @Override
    public void data(SharedEvent event) {
        put(() -> backlog.add(event));
    }

    @Override
    public void caughtUp(SharedEvent event) {
        put(() -> backlog.addCaughtUp(event));
    }

    @Override
    public void message(ServerMessage message) {
        if (message instanceof ServerMessage.Pong) {
            pong();
            return;
        }
        message(
                message.encode(),
                message instanceof ConnectResponse response
                        ? OptionalLong.of(response.serverClock())
                        : OptionalLong.empty());
    }

    /**
     * Any other message, encoded.
     *
     * @param hydratesTo the clock that it brings the client to, from whatever it knew before; only of a hydration
     */
    public void message(Payload payload, OptionalLong hydratesTo) {
        long weight = hydratesTo.isPresent() ? 0 : payload.length(); // a hydration is not the client's backlog
        put(() -> backlog.add(new Backlog.Item.Message(payload, weight, hydratesTo)));
    }

    /** A hydration of which the pieces are to come; {@link #arrived} is to be called after each. */
    public void hydration(Arriving message, long hydratesTo) {
        put(() -> backlog.add(new Backlog.Item.Stream(message, hydratesTo)));
    }

    /** A piece of what is to go out has come. */
    public void arrived() {
        wake();
    }

    /** The room is another node's from now on. */
    public void moved() {
        put(backlog::moved);
    }

    /** Drops the events that wait: what the room has become is to be told in their place. */
    public void fold() {
        put(backlog::fold);
    }

    @Override
    public void pong() {
        lock.lock();
        try {
            pongs = Math.min(pongs + 1, MOST_PONGS);
        } finally {
            lock.unlock();
        }
        wake();
    }

    @Override
    public void close(int code, String reason) {
        lock.lock();
        try {
            if (closed) {
                return;
            }
            closed = true;
            backlog.add(new Backlog.Item.Close(code, reason));
        } finally {
            lock.unlock();
        }
        wake();
    }

    /** Drops what waits and closes the socket: with a close frame where no message is in the middle of going out. */
    @Override
    public void abort(int code, String reason) {
        lock.lock();
        try {
            closed = true;
            backlog.clear();
            if (abort != null) {
                return;
            }
            abort = new Ending(code, reason);
        } finally {
            lock.unlock();
        }
        wake();
    }

    private void put(Runnable addition) {
        boolean overflown;
        boolean lost;
        lock.lock();
        try {
            if (closed) {
                return;
            }
            addition.run();
            boolean folded = backlog.isFolded();
            if ((sending != null || backlog.isStreaming()) && isTooMuch()) {
                backlog.fold();
            }
            lost = backlog.isLost();
            overflown = backlog.isFolded() && (backlog.bytes() > maxQueuedBytes || (folded && budget.isExceeded()));
        } finally {
            lock.unlock();
        }
        if (lost) {
            abort(CloseCodes.SERVICE_RESTART, "");
        } else if (overflown) {
            cutOff();
        } else {
            wake();
        }
    }

    /** The budget of the node is that of those whose sockets do not take what they get. */
    private boolean isTooMuch() {
        return backlog.bytes() > maxQueuedBytes || budget.isExceeded();
    }

    private void cutOff() {
        boolean first;
        lock.lock();
        try {
            first = abort == null;
        } finally {
            lock.unlock();
        }
        abort(CloseCodes.TRY_AGAIN_LATER, "");
        if (first) {
            listener.overflowed();
        }
    }

    /**
     * Time has passed: a socket that has taken nothing for too long is dropped, and one that is to be closed is not waited
     * for as long. About once a second, always by the same thread.
     */
    @Override
    public void tick(long now) {
        long unsent = sending == null ? 0 : socket.unsent();
        if (unsent == 0 || unsent != unsentBefore) {
            unsentBefore = unsent;
            progressAt = now;
        } else if (now - progressAt >= (isClosed() ? PATIENCE_AT_THE_END : PATIENCE).toMillis()) {
            cutOff();
        }
    }

    /** Whether it takes nothing more. */
    public boolean isClosed() {
        lock.lock();
        try {
            return closed;
        } finally {
            lock.unlock();
        }
    }

    // ---- the loop

    private void wake() {
        if (woken.compareAndSet(false, true)) {
            loop.execute(this::serve);
        }
    }

    private void serve() {
        woken.set(false);
        while (!over) {
            switch (next()) {
                case Backlog.Next.Send(Payload payload, List<SharedEvent> events) -> send(payload, events);
                case Backlog.Next.SendPiece(Arriving of, Arriving.Piece piece) ->
                    send(Payload.of(piece.bytes()), piece.part(), () -> of.taken(piece));
                case Backlog.Next.Close(int code, String reason) -> {
                    over = true;
                    socket.close(code, reason);
                }
                case Backlog.Next.CatchUp(long sinceClock) -> listener.folded(sinceClock);
                case Backlog.Next.Nothing ignored -> {
                    return;
                }
            }
        }
    }

    private Backlog.Next next() {
        lock.lock();
        try {
            if (abort != null) {
                return aborted(abort);
            }
            if (sending != null) {
                return Backlog.Next.Nothing.INSTANCE;
            }
            if (pongs > 0 && !backlog.isMidMessage()) {
                pongs--;
                return new Backlog.Next.Send(PONG, List.of());
            }
            if (paced && !backlog.isUrgent() && !backlog.isEmpty()) {
                return Backlog.Next.Nothing.INSTANCE;
            }
            return backlog.next();
        } finally {
            lock.unlock();
        }
    }

    /** A message that is in the middle of going out cannot be followed by a close frame: the connection is dropped. */
    private Backlog.Next aborted(Ending ending) {
        Runnable unfinished = sending;
        if (unfinished == null) {
            return new Backlog.Next.Close(ending.code, ending.reason);
        }
        unfinished.run();
        sending = null;
        over = true;
        socket.drop();
        return Backlog.Next.Nothing.INSTANCE;
    }

    private void send(Payload payload, List<SharedEvent> events) {
        if (!events.isEmpty()) {
            keepRhythm(events.size());
        }
        send(payload, ClientSocket.Part.WHOLE, () -> events.forEach(SharedEvent::letGo));
    }

    /** @param letGo is run when the network has taken it, or never will */
    private void send(Payload payload, ClientSocket.Part part, Runnable letGo) {
        sentBytes.add(payload.length());
        if (part.first()) {
            sentMessages.increment();
        }
        observer.sent(payload.length());
        sending = letGo;
        if (socket.sendPart(payload, part, this::taken)) {
            sending = null;
            letGo.run();
        }
    }

    /** Called by the transport: the network has taken the message that it did not take at once. */
    private void taken() {
        loop.execute(() -> {
            Runnable taken = sending;
            if (taken != null) {
                sending = null;
                taken.run();
                serve();
            }
        });
    }

    /** A lone event that was held back ends the rhythm: the next one may go out at once. */
    private void keepRhythm(int events) {
        boolean endsRhythm = gathered && events == 1;
        gathered = false;
        if (!paced && !endsRhythm) {
            paced = true;
            loop.pace(this::paused);
        }
    }

    private void paused() {
        paced = false;
        lock.lock();
        try {
            gathered = !backlog.isEmpty();
        } finally {
            lock.unlock();
        }
        serve();
    }
}

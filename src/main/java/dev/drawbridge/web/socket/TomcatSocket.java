package dev.drawbridge.web.socket;

import dev.drawbridge.host.ClientSocket;
import dev.drawbridge.loop.Loop;
import dev.drawbridge.protocol.Payload;
import jakarta.servlet.http.WebConnection;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.util.ArrayDeque;
import java.util.Objects;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.coyote.http11.upgrade.InternalHttpUpgradeHandler;
import org.apache.tomcat.util.net.AbstractEndpoint.Handler.SocketState;
import org.apache.tomcat.util.net.NioChannel;
import org.apache.tomcat.util.net.SSLSupport;
import org.apache.tomcat.util.net.SocketEvent;
import org.apache.tomcat.util.net.SocketWrapperBase;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A socket of the container that speaks WebSocket. The container accepts it and closes it; in between a loop serves it. What
 * comes in is read there, without waiting. What goes out is written without waiting, by whoever has it, under one lock: one
 * frame after the other. When the network takes no more, the loop tells when it does again.
 */
public final class TomcatSocket implements InternalHttpUpgradeHandler, ClientSocket {
    private static final Logger log = LoggerFactory.getLogger(TomcatSocket.class);

    /** How long the other side may take to answer a close frame. */
    private static final long CLOSE_SECONDS = 3;

    /** So much is written for one socket before others have their turn. */
    private static final long MOST_AT_ONCE = 1 << 20;

    private static final int MOST_PONGS = 8;

    /** Only for sockets that are being closed. */
    private static final ScheduledExecutorService DEADLINES = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("socket-deadlines").factory());

    /** So much is read of one socket before others have their turn. */
    private static final int MOST_READS = 4;

    private @Nullable SocketUser user;
    private boolean compressed;
    private volatile @Nullable Loop loop;
    private Loop.@Nullable Watch watch;
    /** How many want that it is not read on; for the loop. */
    private int pauses;
    /** The other side has broken the protocol: what it still says is not even taken apart. */
    private boolean broken;

    private @Nullable SocketWrapperBase<?> wrapper;
    private @Nullable NioChannel channel;
    private final Reading reading = new Reading();

    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable Outgoing current;
    private @Nullable Runnable whenTaken;
    private final ArrayDeque<Outgoing> control = new ArrayDeque<>();
    private boolean messageUnderWay;
    private boolean waitsForNetwork;
    private boolean closeBegun;
    private boolean closeSent;
    private boolean closeReceived;
    private boolean ended;
    private @Nullable Thread opener;
    private boolean told;

    private volatile long unsent;

    /** Says what it is for, before the container opens it. */
    void prepare(SocketUser itsUser, boolean isCompressed, Loop itsLoop) {
        this.user = itsUser;
        this.compressed = isCompressed;
        this.loop = itsLoop;
    }

    // ---- what the container says

    @Override
    public void setSocketWrapper(SocketWrapperBase<?> socketWrapper) {
        wrapper = socketWrapper;
        // It is not used for another connection afterwards: the connector keeps no channels (TomcatConfiguration).
        channel = (NioChannel) socketWrapper.getSocket();
    }

    @Override
    public void setSslSupport(SSLSupport sslSupport) {
        // nobody asks for it
    }

    @Override
    public boolean hasAsyncIO() {
        return true; // the container reads and writes nothing by itself
    }

    @Override
    public void init(WebConnection connection) {
        try {
            wrapper().flush(true); // the answer to the handshake
        } catch (IOException e) {
            end();
        }
        Thread.startVirtualThread(this::open);
    }

    @Override
    public SocketState upgradeDispatch(SocketEvent event) {
        return switch (event) {
            case OPEN_READ, OPEN_WRITE -> SocketState.ASYNC_IO; // the loop sees it too
            case STOP, TIMEOUT, DISCONNECT, ERROR, CONNECT_FAIL -> {
                end();
                yield SocketState.CLOSED;
            }
        };
    }

    @Override
    public void timeoutAsync(long now) {
        // time-outs are the host's
    }

    @Override
    public void pause() {
        // clients are told by the host
    }

    @Override
    public void destroy() {
        end();
    }

    // ---- being opened

    /** It may have to be asked elsewhere who that is: meanwhile nothing is read. */
    private void open() {
        lock.lock();
        try {
            if (told) {
                return;
            }
            opener = Thread.currentThread();
        } finally {
            lock.unlock();
        }
        try {
            user().opened(this);
        } catch (RuntimeException | Error e) {
            log.error("a socket is closed because of an error", e);
            end();
        }
        boolean isOver;
        boolean tell;
        lock.lock();
        try {
            opener = null;
            isOver = ended;
            tell = ended && !told;
            told |= tell;
        } finally {
            lock.unlock();
        }
        if (tell) {
            Thread.interrupted(); // so that what its user does now is not disturbed
            user().closed();
        } else if (!isOver) {
            loop().execute(this::begin);
        }
    }

    @Override
    public void serveOn(Loop itsLoop) {
        loop = itsLoop;
    }

    private void begin() {
        lock.lock();
        try {
            if (ended) {
                return;
            }
            Loop.Watch begun = loop().watch(channel().getIOChannel(), this::ready);
            begun.begin((pauses == 0 ? SelectionKey.OP_READ : 0) | (waitsForNetwork ? SelectionKey.OP_WRITE : 0));
            watch = begun;
        } catch (IOException e) {
            end();
            return;
        } finally {
            lock.unlock();
        }
        readable(); // something may have come with the handshake
    }

    private void ready(int operations) {
        if ((operations & SelectionKey.OP_WRITE) != 0) {
            writable();
        }
        if ((operations & SelectionKey.OP_READ) != 0) {
            readable();
        }
    }

    // ---- reading

    private void readable() {
        if (pauses > 0) {
            return;
        }
        try {
            if (reading.some()) {
                loop().execute(this::readable);
            }
        } catch (FrameException e) {
            log.debug("a socket is closed: {}", e.getMessage());
            broken = true;
            fail(e.closeCode());
        } catch (IOException e) {
            end();
        } catch (RuntimeException | Error e) {
            log.error("a socket is closed because of an error", e);
            end();
        }
    }

    @Override
    public void pauseReading() {
        if (pauses++ == 0 && watch != null) {
            watch.end(SelectionKey.OP_READ);
        }
    }

    @Override
    public void resumeReading() {
        loop().execute(() -> {
            if (--pauses == 0 && watch != null) { // else it is going to be read when it is open
                watch.begin(SelectionKey.OP_READ);
                readable();
            }
        });
    }

    /** What is read, and what it amounts to. Used on the loop. */
    private final class Reading implements Inbound {
        private @Nullable FrameReader frames;
        private Utf8 utf8 = new Utf8();
        private @Nullable Compression inflating;

        /** Reads what is there; true when there may be more, for which it is not this one's turn. */
        boolean some() throws IOException, FrameException {
            if (frames == null) {
                frames = new FrameReader(this, compressed);
            }
            ByteBuffer buffer = Buffers.FOR_READING.borrow();
            try {
                for (int i = 0; i < MOST_READS && pauses == 0 && !isOver(); i++) {
                    buffer.clear();
                    if (wrapper().read(false, buffer) <= 0) {
                        return false;
                    }
                    buffer.flip();
                    if (!broken) {
                        frames.read(buffer);
                    }
                }
                return pauses == 0 && !isOver();
            } finally {
                Buffers.FOR_READING.giveBack(buffer);
            }
        }

        @Override
        public void part(ByteBuffer part, boolean text, boolean isCompressed, boolean last) throws FrameException {
            if (isClosing()) {
                return; // it is not listened to any more
            }
            if (!isCompressed) {
                plain(part, text, last);
                return;
            }
            if (inflating == null) {
                inflating = new Compression();
            }
            inflating.inflate(part, last, (inflated, isLast) -> plain(inflated, text, isLast));
            if (last) {
                inflating = null;
            }
        }

        private void plain(ByteBuffer part, boolean text, boolean last) throws FrameException {
            if (text) {
                utf8.check(part);
                if (last) {
                    utf8.end();
                    utf8 = new Utf8();
                }
            }
            user().received(part, last);
        }

        @Override
        public void ping(byte[] payload) {
            answer(payload);
        }

        @Override
        public void close(int code) {
            peerCloses(code);
        }
    }

    private boolean isOver() {
        lock.lock();
        try {
            return ended || (closeReceived && closeSent);
        } finally {
            lock.unlock();
        }
    }

    private boolean isClosing() {
        lock.lock();
        try {
            return ended || closeBegun;
        } finally {
            lock.unlock();
        }
    }

    // ---- writing

    @Override
    public boolean sendPart(Payload bytes, Part part, Runnable whenAllTaken) {
        boolean deflated =
                compressed && part.equals(Part.WHOLE); // what comes in parts is large, and not here as a whole
        Payload payload = deflated ? Compression.deflate(bytes) : bytes;
        lock.lock();
        try {
            if (ended || closeBegun) {
                return false;
            }
            if (messageUnderWay) {
                throw new IllegalStateException("a message is under way");
            }
            messageUnderWay = true;
            Outgoing frame = Outgoing.message(
                    part.equals(Part.WHOLE)
                            ? Frames.textHeader(payload.length(), deflated)
                            : Frames.partHeader(payload.length(), part.first(), part.last()),
                    payload.slices(),
                    payload.length());
            if (current == null) {
                current = frame;
            } else {
                control.addLast(frame); // a pong is on its way
            }
            write();
            if (messageUnderWay) {
                whenTaken = whenAllTaken;
                unsent = frame.left();
            }
            return !messageUnderWay && !ended;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public long unsent() {
        return unsent;
    }

    @Override
    public void close(int code, String reason) {
        lock.lock();
        try {
            beginClose(Frames.close(code, reason));
        } finally {
            lock.unlock();
        }
    }

    private void fail(int code) {
        close(code, "");
    }

    private void beginClose(byte[] frame) {
        if (ended || closeBegun) {
            return;
        }
        closeBegun = true;
        control.addLast(Outgoing.close(frame));
        write();
        if (!ended) {
            var _ = DEADLINES.schedule(this::end, CLOSE_SECONDS, TimeUnit.SECONDS);
        }
    }

    private void peerCloses(int code) {
        lock.lock();
        try {
            closeReceived = true;
            beginClose(CloseCode.mayBeSent(code) ? Frames.close(code, "") : Frames.closeWithoutCode());
            endWhenClosed();
        } finally {
            lock.unlock();
        }
    }

    private void answer(byte[] ping) {
        lock.lock();
        try {
            if (!ended && !closeBegun && control.size() < MOST_PONGS) {
                control.addLast(Outgoing.pong(Frames.pong(ping)));
                write();
            }
        } finally {
            lock.unlock();
        }
    }

    /** The network takes something again. */
    private void writable() {
        Runnable taken = null;
        lock.lock();
        try {
            waitsForNetwork = false;
            watch().end(SelectionKey.OP_WRITE);
            write();
            if (!messageUnderWay) {
                taken = whenTaken;
                whenTaken = null;
            }
        } finally {
            lock.unlock();
        }
        if (taken != null) {
            taken.run();
        }
    }

    /** Writes what is there, frame by frame, until the network takes no more. Under the lock. */
    private void write() {
        if (waitsForNetwork || ended) {
            return;
        }
        ByteBuffer buffer = Buffers.FOR_WRITING.borrow();
        try {
            long written = 0;
            for (Outgoing frame = next(); frame != null; frame = next()) {
                while (frame.left() > 0) {
                    int taken = writeSome(frame, buffer);
                    written += taken;
                    if (taken == 0 || written >= MOST_AT_ONCE) {
                        waitForNetwork();
                        return;
                    }
                }
                if (channel().getOutboundRemaining() > 0 && !channel().flushOutbound()) {
                    waitForNetwork();
                    return;
                }
                written(frame);
            }
        } catch (IOException e) {
            end();
        } finally {
            Buffers.FOR_WRITING.giveBack(buffer);
        }
    }

    private @Nullable Outgoing next() {
        if (current == null) {
            current = control.poll();
        }
        return current;
    }

    private int writeSome(Outgoing frame, ByteBuffer buffer) throws IOException {
        buffer.clear();
        frame.fill(buffer);
        buffer.flip();
        int taken = channel().write(buffer);
        frame.taken(taken);
        if (frame.isMessage()) {
            unsent = frame.left();
        }
        return taken;
    }

    private void waitForNetwork() {
        waitsForNetwork = true;
        if (watch != null) {
            watch.begin(SelectionKey.OP_WRITE);
        }
    }

    private void written(Outgoing frame) {
        current = null;
        if (frame.isMessage()) {
            messageUnderWay = false;
        } else if (frame.isClose()) {
            closeSent = true;
            endWhenClosed();
        }
    }

    // ---- the end

    private void endWhenClosed() {
        if (closeSent && closeReceived) {
            end();
        }
    }

    @Override
    public void drop() {
        end();
    }

    /** Ends the connection; its user is told when it does nothing else. */
    private void end() {
        boolean tell;
        lock.lock();
        try {
            if (ended) {
                return;
            }
            ended = true;
            unsent = 0;
            current = null;
            control.clear();
            whenTaken = null;
            if (opener != null && opener != Thread.currentThread()) {
                opener.interrupt(); // it may wait for an answer
            }
            tell = opener == null && !told;
            told |= tell;
        } finally {
            lock.unlock();
        }
        SocketWrapperBase<?> opened = wrapper;
        if (opened
                != null) { // else the other side was gone before the container had opened it, and closes it by itself
            opened.close();
        }
        if (tell) {
            loop().execute(() -> user().closed());
        }
    }

    private Loop loop() {
        return Objects.requireNonNull(loop);
    }

    private Loop.Watch watch() {
        return Objects.requireNonNull(watch);
    }

    private SocketUser user() {
        return Objects.requireNonNull(user);
    }

    private SocketWrapperBase<?> wrapper() {
        return Objects.requireNonNull(wrapper);
    }

    private NioChannel channel() {
        return Objects.requireNonNull(channel);
    }
}

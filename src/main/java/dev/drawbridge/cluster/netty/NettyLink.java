package dev.drawbridge.cluster.netty;

import dev.drawbridge.cluster.link.ClusterSecret;
import dev.drawbridge.cluster.link.Frame;
import dev.drawbridge.cluster.link.FrameCodec;
import dev.drawbridge.cluster.link.Link;
import dev.drawbridge.cluster.link.LinkObserver;
import dev.drawbridge.cluster.link.LinkQueue;
import dev.drawbridge.cluster.link.MalformedFrameException;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A link on its connection: what waits is written by the connection's thread, as much at a time as fits into a buffer. */
final class NettyLink extends ChannelInboundHandlerAdapter implements Link {
    private static final Logger log = LoggerFactory.getLogger(NettyLink.class);
    private static final int BUFFER = 64 << 10;
    private static final int HEADER = 4;
    private static final int SEAL = 16;

    private final Channel channel;
    private final String peer;
    private final ClusterSecret key;
    private final boolean dialed;
    private final LinkQueue queue;
    private final Duration pingEvery;
    private final Duration patience;
    private final LinkObserver observer;
    private final AtomicBoolean woken = new AtomicBoolean();
    private @Nullable Listener listener;
    private boolean closed;
    private volatile long heardAt = System.nanoTime();

    /**
     * @param dialed whether this end has dialed
     * @param pingEvery how often the other end is asked whether it is there
     * @param patience after so much silence it is not
     */
    NettyLink(
            Channel channel,
            String peer,
            ClusterSecret key,
            boolean dialed,
            LinkQueue queue,
            Duration pingEvery,
            Duration patience,
            LinkObserver observer) {
        this.channel = channel;
        this.peer = peer;
        this.key = key;
        this.dialed = dialed;
        this.queue = queue;
        this.pingEvery = pingEvery;
        this.patience = patience;
        this.observer = observer;
    }

    /** From now on it is told. On the connection's thread, before anything comes. */
    void begin(Function<Link, Listener> listeners) {
        listener = listeners.apply(this);
        var ticking = channel.eventLoop()
                .scheduleAtFixedRate(this::tick, pingEvery.toMillis(), pingEvery.toMillis(), TimeUnit.MILLISECONDS);
        var _ = channel.closeFuture().addListener(done -> ticking.cancel(false));
    }

    private void tick() {
        if (System.nanoTime() - heardAt > patience.toNanos()) {
            close("it has said nothing for " + patience);
        } else {
            send(new Frame.Ping(System.nanoTime()));
        }
    }

    // ---- out

    @Override
    public void send(Frame frame) {
        if (!queue.add(FrameCodec.encode(frame))) {
            close("it takes too little of what it is sent");
        }
        wake();
    }

    @Override
    public void sendFrom(Source source) {
        queue.add(source);
        wake();
    }

    @Override
    public void hasMore() {
        wake();
    }

    private void wake() {
        if (woken.compareAndSet(false, true)) {
            try {
                channel.eventLoop().execute(this::drain);
            } catch (RejectedExecutionException e) {
                queue.close(); // this node's links have been closed
            }
        }
    }

    private void drain() {
        woken.set(false);
        boolean written = false;
        while (channel.isWritable()) {
            byte[] frame = queue.next();
            if (frame == null) {
                break;
            }
            var _ = channel.write(filled(frame));
            written = true;
        }
        if (written) {
            channel.flush();
        }
    }

    /** A buffer with this frame and as many of the next as fit. */
    private ByteBuf filled(byte[] first) {
        ByteBuf buffer = channel.alloc().buffer(Math.max(BUFFER, HEADER + first.length));
        byte[] next = first;
        while (next != null) {
            buffer.writeInt(next.length).writeBytes(next);
            next = buffer.readableBytes() < BUFFER / 2 ? queue.next() : null;
        }
        observer.sent(buffer.readableBytes());
        return buffer;
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        if (channel.isWritable()) {
            drain();
        }
    }

    // ---- in

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf bytes = (ByteBuf) message;
        try {
            heardAt = System.nanoTime();
            observer.received(HEADER + bytes.readableBytes());
            Optional<Frame> frame = FrameCodec.decode(bytes.nioBuffer());
            if (frame.isPresent()) {
                received(frame.get());
            }
        } catch (MalformedFrameException e) {
            close("it has sent what is no frame: " + e.getMessage());
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    /** A large frame may take longer than the other end may be silent: what has come of it shows that it is there. */
    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        heardAt = System.nanoTime();
    }

    private void received(Frame frame) {
        switch (frame) {
            case Frame.Ping(long number) -> send(new Frame.Pong(number));
            case Frame.Pong(long number) -> observer.roundTrip(System.nanoTime() - number);
            default -> {
                if (listener != null && !closed) {
                    listener.received(frame);
                }
            }
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (cause instanceof IOException) {
            close(String.valueOf(cause.getMessage()));
        } else {
            log.error("link {} {}: closed because of an error", dialed ? "to" : "from", peer, cause);
            var _ = channel.close();
        }
    }

    // ---- the end

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        closed = true;
        queue.close();
        if (listener != null) {
            listener.closed();
        }
    }

    @Override
    public void close(String why) {
        if (channel.isOpen()) {
            log.info("link {} {}: closed: {}", dialed ? "to" : "from", peer, why);
            var _ = channel.close();
        }
    }

    @Override
    public String peer() {
        return peer;
    }

    @Override
    public byte[] seal(byte[] text) {
        return Arrays.copyOf(key.sign(dialed ? "dialed" : "accepted", text), SEAL);
    }

    @Override
    public boolean isSealed(byte[] text, byte[] seal) {
        return MessageDigest.isEqual(Arrays.copyOf(key.sign(dialed ? "accepted" : "dialed", text), SEAL), seal);
    }
}

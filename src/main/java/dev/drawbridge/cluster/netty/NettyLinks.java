package dev.drawbridge.cluster.netty;

import dev.drawbridge.cluster.link.ClusterSecret;
import dev.drawbridge.cluster.link.Introduction;
import dev.drawbridge.cluster.link.Link;
import dev.drawbridge.cluster.link.LinkObserver;
import dev.drawbridge.cluster.link.LinkQueue;
import dev.drawbridge.cluster.link.Links;
import dev.drawbridge.cluster.link.NotReachedException;
import dev.drawbridge.host.ByteBudget;
import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.IntFunction;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** Makes and accepts links over TCP, and over TLS where both ends have certificates. */
public final class NettyLinks implements Links {
    private static final int MAX_FRAME = 256 << 20;
    private static final int CONNECT_MILLIS = 3_000;
    private static final WriteBufferWaterMark WATER_MARK = new WriteBufferWaterMark(128 << 10, 512 << 10);

    private final Settings settings;
    private final EventLoopGroup threads;
    private final ChannelGroup channels = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
    /** Those that have not said who they are. */
    private final AtomicInteger strangers = new AtomicInteger();

    private final SeldomLog complaints = new SeldomLog(LoggerFactory.getLogger(NettyLinks.class), System::nanoTime);

    private @Nullable Channel listening;

    /**
     * How links are made.
     *
     * @param nodeId this node
     * @param tls of this node, which trusts the certificates of the others; null for links without TLS
     * @param pingEvery how often the other end is asked whether it is there
     * @param patience after so much silence it is not
     * @param outgoing what may wait at the node to go out; a link may hold all of it
     * @param nonces makes so many random bytes
     */
    public record Settings(
            String nodeId,
            ClusterSecret secret,
            @Nullable SSLContext tls,
            Duration pingEvery,
            Duration patience,
            ByteBudget outgoing,
            IntFunction<byte[]> nonces,
            LinkObserver observer) {}

    public NettyLinks(Settings settings) {
        this.settings = settings;
        this.threads = new MultiThreadIoEventLoopGroup(
                Math.max(1, Runtime.getRuntime().availableProcessors() / 2),
                Thread.ofPlatform().daemon().name("link-", 0).factory(),
                NioIoHandler.newFactory());
    }

    /**
     * Lets others make links.
     *
     * @param port 0 is any that is free
     * @return the port
     * @throws UncheckedIOException when it cannot be opened
     */
    public int listen(String host, int port, Function<Link, Link.Listener> listeners) {
        try {
            ChannelFuture binding = new ServerBootstrap()
                    .group(threads)
                    .channel(NioServerSocketChannel.class)
                    .childOption(ChannelOption.TCP_NODELAY, true)
                    .childOption(ChannelOption.SO_KEEPALIVE, true)
                    .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, WATER_MARK)
                    .childHandler(new ChannelInitializer<>() {
                        @Override
                        protected void initChannel(Channel channel) {
                            channels.add(channel);
                            ChannelPipeline pipeline = pipeline(channel, false);
                            pipeline.addLast(new Acceptance(NettyLinks.this, channel, listeners));
                        }
                    })
                    .bind(new InetSocketAddress(host, port))
                    .await();
            if (binding.cause() instanceof IOException e) {
                throw new UncheckedIOException(e.getMessage(), e);
            }
            Channel bound = binding.sync().channel();
            listening = bound;
            return ((InetSocketAddress) bound.localAddress()).getPort();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public CompletionStage<Link> dial(Address address, Function<Link, Link.Listener> listeners) {
        CompletableFuture<Link> made = new CompletableFuture<>();
        ChannelFuture connecting = new Bootstrap()
                .group(threads)
                .channel(NioSocketChannel.class)
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.SO_KEEPALIVE, true)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_MILLIS)
                .option(ChannelOption.WRITE_BUFFER_WATER_MARK, WATER_MARK)
                .handler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channels.add(channel);
                        ChannelPipeline pipeline = pipeline(channel, true);
                        pipeline.addLast(new Dialing(NettyLinks.this, channel, address, listeners, made));
                    }
                })
                .connect(address.host(), address.port());
        connecting.addListener(connected -> {
            if (!connected.isSuccess()) {
                Throwable cause = connected.cause();
                made.completeExceptionally(new NotReachedException(
                        address.nodeId() + " cannot be reached: " + cause.getMessage(),
                        cause instanceof ConnectException && isRefusal(cause),
                        cause));
            }
        });
        return made.orTimeout(2L * CONNECT_MILLIS, TimeUnit.MILLISECONDS).whenComplete((link, error) -> {
            if (error != null) {
                var _ = connecting.channel().close(); // it must not become a link when nobody waits for one any more
            }
        });
    }

    /** Its machine is there, and says that nobody listens; a time-out tells nothing. */
    private static boolean isRefusal(Throwable cause) {
        return String.valueOf(cause.getMessage()).contains("refused");
    }

    private ChannelPipeline pipeline(Channel channel, boolean dialing) {
        ChannelPipeline pipeline = channel.pipeline();
        SSLContext tls = settings.tls;
        if (tls != null) {
            SSLEngine engine = tls.createSSLEngine();
            engine.setUseClientMode(dialing);
            if (!dialing) {
                engine.setNeedClientAuth(true);
            }
            pipeline.addLast(new SslHandler(engine));
        }
        return pipeline;
    }

    Settings settings() {
        return settings;
    }

    AtomicInteger strangers() {
        return strangers;
    }

    /** For what somebody who may be anybody can bring about as often as it likes. */
    SeldomLog complaints() {
        return complaints;
    }

    /** A link over a connection on which both ends know each other. */
    NettyLink link(Channel channel, String peer, ClusterSecret key, boolean dialed) {
        return new NettyLink(
                channel,
                peer,
                key,
                dialed,
                new LinkQueue(settings.outgoing, settings.outgoing.most()),
                settings.pingEvery,
                settings.patience,
                settings.observer);
    }

    byte[] nonce() {
        return settings.nonces.apply(Introduction.nonceLength());
    }

    static int maxFrame() {
        return MAX_FRAME;
    }

    @Override
    public void close() {
        Channel port = listening;
        if (port != null) {
            var _ = port.close();
        }
        channels.close().awaitUninterruptibly(1, TimeUnit.SECONDS);
        var _ = threads.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    }
}

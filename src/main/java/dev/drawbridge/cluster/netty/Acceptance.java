package dev.drawbridge.cluster.netty;

import dev.drawbridge.cluster.link.Introduction;
import dev.drawbridge.cluster.link.Introduction.Challenge;
import dev.drawbridge.cluster.link.Introduction.Hello;
import dev.drawbridge.cluster.link.Introduction.Refusal;
import dev.drawbridge.cluster.link.Introduction.Welcome;
import dev.drawbridge.cluster.link.Link;
import dev.drawbridge.cluster.link.MalformedFrameException;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Somebody has dialed: whoever knows the secret, and means this node, gets a link. */
final class Acceptance extends Knock {
    private static final Logger log = LoggerFactory.getLogger(Acceptance.class);

    /** More than nodes can dial at once. */
    private static final int MOST_STRANGERS = 256;

    private final NettyLinks links;
    private final Channel channel;
    private final Function<Link, Link.Listener> listeners;
    private final Challenge challenge;

    Acceptance(NettyLinks links, Channel channel, Function<Link, Link.Listener> listeners) {
        super(channel);
        this.links = links;
        this.channel = channel;
        this.listeners = listeners;
        this.challenge = new Challenge(links.nonce());
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        if (links.strangers().incrementAndGet() > MOST_STRANGERS) {
            var _ = channel.close();
        } else {
            say(challenge.encode());
        }
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        links.strangers().decrementAndGet();
    }

    @Override
    void heard(byte[] word) {
        NettyLinks.Settings settings = links.settings();
        Hello hello;
        try {
            hello = Hello.decode(word);
        } catch (MalformedFrameException e) {
            var _ = channel.close();
            return;
        }
        Optional<Integer> version = hello.version();
        if (!hello.isProven(challenge, settings.secret())) {
            links.complaints()
                    .warn(
                            "somebody at {} wants a link and does not know this cluster's secret",
                            channel.remoteAddress());
            refuse("the secrets differ");
        } else if (!hello.to().equals(settings.nodeId())) {
            refuse(NOT_HERE);
        } else if (version.isEmpty()) {
            links.complaints()
                    .warn(
                            "{} wants a link of version {} to {}; this release speaks {} to {}",
                            hello.from(),
                            hello.oldestVersion(),
                            hello.newestVersion(),
                            Introduction.OLDEST_VERSION,
                            Introduction.NEWEST_VERSION);
            refuse("no version of the link is common to both");
        } else {
            NettyLink link = links.link(
                    channel,
                    hello.from(),
                    Introduction.linkKey(challenge.nonce(), hello.nonce(), settings.secret()),
                    false);
            say(Welcome.of(challenge, hello, version.get(), settings.secret()).encode());
            link.begin(listeners);
            become(link);
            log.debug("link from {}: made, version {}", hello.from(), version.get());
        }
    }

    /** A stranger who does not even speak TLS is nobody's concern; a node whose certificate has expired is. */
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        TlsFailure.ofHandshake(cause).ifPresent(why -> links.complaints()
                .warn("somebody at {} wants a link, and there is no TLS with it: {}", channel.remoteAddress(), why));
        super.exceptionCaught(context, cause);
    }

    /** What is said to who means another node. */
    static final String NOT_HERE = "that node is not here";

    private void refuse(String why) {
        say(new Refusal(why).encode());
        var _ = channel.close();
    }
}

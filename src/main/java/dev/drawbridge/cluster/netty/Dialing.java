package dev.drawbridge.cluster.netty;

import dev.drawbridge.cluster.link.Introduction;
import dev.drawbridge.cluster.link.Introduction.Challenge;
import dev.drawbridge.cluster.link.Introduction.Hello;
import dev.drawbridge.cluster.link.Introduction.Refusal;
import dev.drawbridge.cluster.link.Introduction.Reply;
import dev.drawbridge.cluster.link.Introduction.Welcome;
import dev.drawbridge.cluster.link.Link;
import dev.drawbridge.cluster.link.Links;
import dev.drawbridge.cluster.link.MalformedFrameException;
import dev.drawbridge.cluster.link.NotReachedException;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Dials: proves that this node knows the secret, and has the other end prove it. */
final class Dialing extends Knock {
    private static final Logger log = LoggerFactory.getLogger(Dialing.class);

    private final NettyLinks links;
    private final Channel channel;
    private final Links.Address address;
    private final Function<Link, Link.Listener> listeners;
    private final CompletableFuture<Link> made;
    private final byte[] nonce;
    private @Nullable Challenge challenge;

    Dialing(
            NettyLinks links,
            Channel channel,
            Links.Address address,
            Function<Link, Link.Listener> listeners,
            CompletableFuture<Link> made) {
        super(channel);
        this.links = links;
        this.channel = channel;
        this.address = address;
        this.listeners = listeners;
        this.made = made;
        this.nonce = links.nonce();
    }

    @Override
    void heard(byte[] word) {
        try {
            Challenge heardBefore = challenge;
            if (heardBefore == null) {
                Challenge first = Challenge.decode(word);
                challenge = first;
                NettyLinks.Settings settings = links.settings();
                say(Hello.of(first, settings.nodeId(), address.nodeId(), nonce, settings.secret())
                        .encode());
            } else {
                answered(heardBefore, Reply.decode(word));
            }
        } catch (MalformedFrameException e) {
            fail("what is there is no node: " + e.getMessage(), false);
        }
    }

    private void answered(Challenge first, Reply reply) {
        switch (reply) {
            case Refusal(String why) -> {
                links.complaints().warn("link to {}: refused: {}", address.nodeId(), why);
                fail("it refuses: " + why, why.equals(Acceptance.NOT_HERE));
            }
            case Welcome welcome -> {
                if (!welcome.isProven(first, nonce, links.settings().secret())) {
                    links.complaints()
                            .warn("link to {}: what is there does not know this cluster's secret", address.nodeId());
                    fail("it does not know the secret", false);
                    return;
                }
                if (!welcome.isOffered()) {
                    fail("it answers with version " + welcome.version() + " of the link, which was not offered", false);
                    return;
                }
                NettyLink link = links.link(
                        channel,
                        address.nodeId(),
                        Introduction.linkKey(
                                first.nonce(), nonce, links.settings().secret()),
                        true);
                link.begin(listeners);
                become(link);
                log.debug("link to {}: made, version {}", address.nodeId(), welcome.version());
                made.complete(link);
            }
        }
    }

    private void fail(String why, boolean isNobodyThere) {
        made.completeExceptionally(
                new NotReachedException(address.nodeId() + " cannot be reached: " + why, isNobodyThere, null));
        var _ = channel.close();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        TlsFailure.of(cause).ifPresent(why -> fail(why, false));
        super.exceptionCaught(context, cause);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        if (!isKnown()) {
            fail(
                    challenge == null && links.settings().tls() == null
                            ? "the connection was closed without a word; it may want TLS"
                            : "the connection was closed",
                    false);
        }
        context.fireChannelInactive();
    }
}

package dev.drawbridge.cluster.netty;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.LengthFieldBasedFrameDecoder;
import io.netty.util.ReferenceCountUtil;
import java.util.concurrent.TimeUnit;

/** A connection whose other end is not known yet: little is taken from it, and not for long. */
abstract class Knock extends ChannelInboundHandlerAdapter {
    private static final int MAX_WORD = 4 << 10;
    private static final int PATIENCE_SECONDS = 5;
    private static final String FRAMES = "frames";

    private final Channel channel;
    private boolean known;

    Knock(Channel channel) {
        this.channel = channel;
        channel.pipeline().addLast(FRAMES, new LengthFieldBasedFrameDecoder(MAX_WORD, 0, 4, 0, 4));
        var deadline = channel.eventLoop().schedule(this::tooLate, PATIENCE_SECONDS, TimeUnit.SECONDS);
        var _ = channel.closeFuture().addListener(done -> deadline.cancel(false));
    }

    private void tooLate() {
        if (!known) {
            var _ = channel.close();
        }
    }

    void say(byte[] word) {
        var _ = channel.writeAndFlush(
                Unpooled.wrappedBuffer(Unpooled.buffer(4).writeInt(word.length), Unpooled.wrappedBuffer(word)));
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (known) {
            context.fireChannelRead(message);
            return;
        }
        ByteBuf bytes = (ByteBuf) message;
        try {
            byte[] word = new byte[bytes.readableBytes()];
            bytes.readBytes(word);
            if (channel.isActive()) { // a stranger that was turned away may have said more
                heard(word);
            }
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    abstract void heard(byte[] word);

    /** The other end is known: from now on it is a link. */
    void become(NettyLink link) {
        known = true;
        channel.pipeline().addLast(link); // before the other decoder, which begins with what has come already
        channel.pipeline().replace(FRAMES, FRAMES, new LengthFieldBasedFrameDecoder(NettyLinks.maxFrame(), 0, 4, 0, 4));
        channel.pipeline().remove(this);
    }

    boolean isKnown() {
        return known;
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        var _ = channel.close();
    }
}

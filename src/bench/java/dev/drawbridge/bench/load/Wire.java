package dev.drawbridge.bench.load;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** One WebSocket of the pool, which never waits: what the network does not take at once waits here. */
final class Wire implements FrameReader.Listener {
    private static final int CLOSE = 0x88;
    private static final int PONG = 0x8a;
    private static final int PING_OPCODE = 9;
    private static final int CLOSE_OPCODE = 8;
    private static final int WITHOUT_CODE = 1005;
    private static final int REFUSED = 4099;
    private static final byte[] NORMALLY = {3, (byte) 0xe8};
    private static final byte[] NOTHING = new byte[0];

    private final User user;
    private final Outgoing out;
    private final FrameReader frames = new FrameReader(this);
    private @Nullable SocketChannel channel;
    private @Nullable SelectionKey key;
    private boolean upgraded;
    private boolean ended;
    private byte[] rest = NOTHING;
    private @Nullable ByteBuffer unsent;

    /** Whose socket it is. */
    interface User {
        /** Messages can be sent from now on. */
        void opened();

        /** So many bytes have come; what is in them follows. */
        void received(int bytes);

        /** A part of a message, as in {@link FrameReader.Listener#message}. */
        int message(byte[] bytes, int from, int to, boolean last);

        /** All that could be read has been. */
        void quiet();

        /**
         * The socket has ended, and not because it was left.
         *
         * @param refused whether the server wants this client no more
         */
        void lost(String why, boolean refused);
    }

    Wire(User user, Outgoing out) {
        this.user = user;
        this.out = out;
    }

    /**
     * @param door by which it comes in
     * @param path with its query
     */
    void open(Selector selector, Target target, int door, String path) {
        try {
            SocketChannel opened = SocketChannel.open();
            channel = opened;
            opened.configureBlocking(false);
            opened.setOption(StandardSocketOptions.TCP_NODELAY, true);
            unsent = ByteBuffer.wrap(Outgoing.ascii("GET " + target.path() + path + " HTTP/1.1\r\nHost: "
                    + target.host() + ":" + target.door(door)
                    + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                    + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"));
            boolean connected = opened.connect(new InetSocketAddress(target.host(), target.door(door)));
            key = opened.register(selector, connected ? SelectionKey.OP_WRITE : SelectionKey.OP_CONNECT, this);
        } catch (IOException e) {
            end("error " + e.getMessage(), false);
        }
    }

    /** It is ready for something. {@code input} is free to be read into. */
    void ready(byte[] input) {
        SelectionKey ready = key;
        SocketChannel socket = channel;
        if (ready == null || socket == null || !ready.isValid()) {
            return;
        }
        try {
            if (ready.isConnectable() && !socket.finishConnect()) {
                return;
            }
            if (ready.isConnectable() || ready.isWritable()) {
                writeOn(socket, ready);
            }
            if (ready.isValid() && ready.isReadable()) {
                read(socket, input);
            }
        } catch (IOException e) {
            end("error " + e.getMessage(), false);
        }
    }

    private void read(SocketChannel socket, byte[] input) throws IOException {
        ByteBuffer into = ByteBuffer.wrap(input).put(rest);
        int length = socket.read(into);
        if (length < 0) {
            end("closed without a word", false);
            return;
        }
        user.received(length);
        int to = into.position();
        int at = upgraded ? 0 : upgrade(input, to);
        if (upgraded && !ended) {
            at = frames.read(input, at, to);
        }
        rest = at == to || ended ? NOTHING : Arrays.copyOfRange(input, at, to);
        user.quiet();
    }

    private int upgrade(byte[] bytes, int to) {
        String head = new String(bytes, 0, to, StandardCharsets.ISO_8859_1);
        int end = head.indexOf("\r\n\r\n");
        if (end < 0) {
            return 0;
        }
        if (!head.startsWith("HTTP/1.1 101")) {
            end("http " + head.substring(0, head.indexOf("\r\n")), true);
            return to;
        }
        upgraded = true;
        user.opened();
        return end + 4;
    }

    @Override
    public int message(byte[] bytes, int from, int to, boolean last) {
        return ended ? to : user.message(bytes, from, to, last);
    }

    @Override
    public void control(int opcode, byte[] bytes, int from, int to) {
        if (opcode == CLOSE_OPCODE) {
            int code = to - from < 2 ? WITHOUT_CODE : ((bytes[from] & 0xff) << 8) | (bytes[from + 1] & 0xff);
            String why = to - from <= 2 ? "" : new String(bytes, from + 2, to - from - 2, StandardCharsets.UTF_8);
            end("close " + code + " " + why, code == REFUSED);
        } else if (opcode == PING_OPCODE) {
            send(out.begin().text(Arrays.copyOfRange(bytes, from, to)).frame(PONG));
        }
    }

    /** Sends a frame; it is copied when it cannot be sent at once. */
    void send(ByteBuffer frame) {
        SocketChannel socket = channel;
        SelectionKey registered = key;
        if (socket == null || registered == null || ended) {
            return;
        }
        ByteBuffer before = unsent;
        try {
            if (before == null) {
                socket.write(frame);
            }
            if (frame.hasRemaining()) {
                int waiting = before == null ? 0 : before.remaining();
                ByteBuffer all = ByteBuffer.allocate(waiting + frame.remaining());
                if (before != null) {
                    all.put(before);
                }
                unsent = all.put(frame).flip();
                registered.interestOps(SelectionKey.OP_READ | SelectionKey.OP_WRITE);
            }
        } catch (IOException e) {
            end("error " + e.getMessage(), false);
        }
    }

    private void writeOn(SocketChannel socket, SelectionKey registered) throws IOException {
        ByteBuffer waiting = unsent;
        if (waiting != null) {
            socket.write(waiting);
            if (waiting.hasRemaining()) {
                registered.interestOps(SelectionKey.OP_READ | SelectionKey.OP_WRITE);
                return;
            }
            unsent = null;
        }
        registered.interestOps(SelectionKey.OP_READ);
    }

    /** Leaves: says so, and does not wait for an answer. */
    void leave() {
        if (upgraded) {
            send(out.begin().text(NORMALLY).frame(CLOSE));
        }
        shut();
    }

    /** Ends it for a reason of our own. */
    void giveUp(String why) {
        end(why, false);
    }

    private void end(String why, boolean refused) {
        if (!ended) {
            shut();
            user.lost(why, refused);
        }
    }

    private void shut() {
        ended = true;
        rest = NOTHING;
        unsent = null;
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException e) {
            // gone all the same
        }
    }
}

package dev.drawbridge.pressure;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A WebSocket made by hand, which can do what a library would not let it: read nothing, read slowly, send a part of a
 * frame, and go without a word. What the network does not take any more is dropped; the {@link #ending} tells why.
 */
final class RawSocket implements Guest {
    private static final int SLICE = 64 << 10;
    /** The key of every mask: a legal one, and masking with it costs nothing. */
    private static final byte[] NO_MASK = new byte[4];

    private static final int TEXT = 0x1;
    private static final int CONTINUATION = 0x0;
    private static final int CLOSE = 0x8;
    private static final int PONG = 0xa;
    private static final int LAST = 0x80;
    private static final int MASKED = 0x80;

    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;
    private final ReentrantLock writing = new ReentrantLock();
    private final CompletableFuture<Ending> ending = new CompletableFuture<>();

    private RawSocket(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new BufferedInputStream(socket.getInputStream());
        this.out = socket.getOutputStream();
    }

    /** Opens a WebSocket that reads nothing yet. */
    static RawSocket open(int port, String pathAndQuery) throws IOException {
        Socket socket = new Socket();
        try {
            socket.setReceiveBufferSize(SLICE); // what the kernel takes would look as if it had been read
            socket.setTcpNoDelay(true);
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 30_000);
            socket.setSoTimeout(30_000);
            RawSocket opened = new RawSocket(socket);
            opened.upgrade(port, pathAndQuery);
            socket.setSoTimeout(0);
            return opened;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    private void upgrade(int port, String pathAndQuery) throws IOException {
        out.write("""
                GET %s HTTP/1.1\r
                Host: 127.0.0.1:%d\r
                Connection: Upgrade\r
                Upgrade: websocket\r
                Sec-WebSocket-Version: 13\r
                Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
                \r
                """.formatted(pathAndQuery, port).getBytes(StandardCharsets.US_ASCII));
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("no answer to the upgrade");
            }
            head.append((char) next);
        }
        int status = Integer.parseInt(head.substring(9, 12));
        if (status != 101) {
            throw new UpgradeRefused(status);
        }
        if (head.indexOf("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=") < 0) {
            throw new IOException("the upgrade was accepted with another key: " + head);
        }
    }

    /** Begins to read, on a thread of its own. */
    RawSocket listen(Pace pace, FrameReader.Listener listener) {
        Thread.startVirtualThread(() -> {
            Ending end = new FrameReader(in, pace, listener).read();
            if (end instanceof Ending.Closed) {
                answerClose();
            }
            ending.complete(end);
            close();
        });
        return this;
    }

    /** Whoever is in the middle of sending has to learn that it is over; else the close frame is answered. */
    private void answerClose() {
        if (writing.tryLock()) {
            try {
                out.write(new byte[] {(byte) (LAST | CLOSE), (byte) MASKED, 0, 0, 0, 0});
                out.flush();
            } catch (IOException e) {
                // it is gone already
            } finally {
                writing.unlock();
            }
        }
    }

    /** How it ended, when it has. */
    Optional<Ending> ending() {
        return Optional.ofNullable(ending.getNow(null));
    }

    Ending awaitEnding(Duration atMost) {
        Wait.forThat("the end of a connection", atMost).until(ending::isDone);
        return ending.join();
    }

    void send(String text) {
        send(text.getBytes(StandardCharsets.UTF_8));
    }

    void send(byte[] text) {
        send(text, Pace.unlimited());
    }

    /** Sends a message in one frame, as slowly as is wished. */
    void send(byte[] text, Pace pace) {
        write(header(LAST | TEXT, text.length), text, pace);
    }

    /** Sends a part of a message in a frame of its own. */
    void sendPart(byte[] text, boolean first, boolean last) {
        write(header((last ? LAST : 0) | (first ? TEXT : CONTINUATION), text.length), text, Pace.unlimited());
    }

    /** Sends the header of a frame and less than what it promises. */
    void sendUnfinished(long promised, byte[] text) {
        write(header(LAST | TEXT, promised), text, Pace.unlimited());
    }

    void pong(byte[] payload) {
        write(header(LAST | PONG, payload.length), payload, Pace.unlimited());
    }

    private static byte[] header(int first, long length) {
        ByteBuffer header = ByteBuffer.allocate(14).put((byte) first);
        if (length <= 125) {
            header.put((byte) (MASKED | length));
        } else if (length <= 0xffff) {
            header.put((byte) (MASKED | 126)).putShort((short) length);
        } else {
            header.put((byte) (MASKED | 127)).putLong(length);
        }
        header.put(NO_MASK);
        byte[] bytes = new byte[header.position()];
        header.flip().get(bytes);
        return bytes;
    }

    private void write(byte[] header, byte[] payload, Pace pace) {
        writing.lock();
        try {
            if (payload.length < SLICE) {
                byte[] whole = ByteBuffer.allocate(header.length + payload.length)
                        .put(header)
                        .put(payload)
                        .array();
                out.write(whole);
                pace.did(payload.length);
            } else {
                out.write(header);
                for (int done = 0; done < payload.length; done += SLICE) {
                    int length = Math.min(SLICE, payload.length - done);
                    out.write(payload, done, length);
                    pace.did(length);
                }
            }
        } catch (IOException e) {
            // what it means is known by the ending
        } finally {
            writing.unlock();
        }
    }

    /** Goes without a word. */
    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            // gone all the same
        }
    }
}

package dev.drawbridge.web;

import dev.drawbridge.DrawbridgeApplication;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * How long a push takes in a room that nobody follows, and in one that many follow, by turns. It is run by hand: time depends
 * on the machine, and here those who follow share it with the server. Arguments: listeners, rounds, pushes in a round,
 * {@code drawbridge.events.debounce}.
 */
public final class FollowersBenchmark {
    private static final int WARM_UP = 300;
    private static final long BETWEEN_PUSHES_NANOS = 20_000_000;

    private FollowersBenchmark() {}

    public static void main(String[] arguments) throws Exception {
        int listeners = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 1_000;
        int rounds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 3;
        int pushes = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 500;
        String debounce = arguments.length > 3 ? arguments[3] : "1s";
        Path folder = Files.createTempDirectory("followers");
        try (ConfigurableApplicationContext server = new SpringApplicationBuilder(DrawbridgeApplication.class)
                .run(
                        "--server.port=0",
                        "--server.address=127.0.0.1",
                        "--logging.level.root=warn",
                        "--drawbridge.admin.token=" + AdminClient.TOKEN,
                        "--drawbridge.events.debounce=" + debounce,
                        "--drawbridge.events.debounce-most=" + debounce,
                        "--drawbridge.store.sqlite.path=" + folder.resolve("rooms.db"))) {
            int port = server.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
            try (TestSocket socket = TestSocket.join(port, "room", "drawing")) {
                measure(socket, 0, WARM_UP);
                int clock = WARM_UP;
                for (int round = 0; round < rounds; round++) {
                    report("nobody follows", measure(socket, clock, pushes));
                    clock += pushes;
                    try (Crowd crowd = new Crowd(port, listeners)) {
                        long before = crowd.bytes.get();
                        long[] nanos = measure(socket, clock, pushes);
                        report(
                                listeners + " follow, each got " + (crowd.bytes.get() - before) / listeners + " bytes",
                                nanos);
                        clock += pushes;
                    }
                }
            }
        }
    }

    private static long[] measure(TestSocket socket, int clock, int pushes) {
        long[] nanos = new long[pushes];
        for (int i = 0; i < pushes; i++) {
            long begun = System.nanoTime();
            String answer = socket.push(clock + i + 1, "p" + i % 50, "page " + (clock + i));
            nanos[i] = System.nanoTime() - begun;
            if (!answer.contains("push_result")) {
                throw new IllegalStateException(answer);
            }
            LockSupport.parkNanos(BETWEEN_PUSHES_NANOS);
        }
        return nanos;
    }

    private static void report(String who, long[] nanos) {
        Arrays.sort(nanos);
        System.out.printf(
                Locale.ROOT,
                "%-45s median %.2f ms, 90 %% %.2f ms, 99 %% %.2f ms, longest %.2f ms%n",
                who,
                nanos[nanos.length / 2] / 1e6,
                nanos[nanos.length * 9 / 10] / 1e6,
                nanos[nanos.length * 99 / 100] / 1e6,
                nanos[nanos.length - 1] / 1e6);
    }

    /** Those who follow: one thread that reads what comes and does nothing with it. */
    private static final class Crowd implements AutoCloseable {
        private final Selector selector = Selector.open();
        private final AtomicLong bytes = new AtomicLong();

        Crowd(int port, int size) throws IOException, InterruptedException {
            for (int i = 0; i < size; i++) {
                SocketChannel channel =
                        SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
                channel.write(
                        ByteBuffer.wrap(("GET /admin/v1/events HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
                                        + AdminClient.TOKEN + "\r\n\r\n")
                                .getBytes(StandardCharsets.US_ASCII)));
                channel.configureBlocking(false);
                channel.register(selector, SelectionKey.OP_READ);
            }
            Thread.ofPlatform().daemon().start(this::read);
            while (bytes.get() < 300L * size) {
                Thread.sleep(50); // until all are there
            }
            Thread.sleep(2_000);
        }

        private void read() {
            ByteBuffer buffer = ByteBuffer.allocateDirect(64 * 1024);
            try {
                while (selector.isOpen()) {
                    selector.select(key -> {
                        try {
                            buffer.clear();
                            int read = ((SocketChannel) key.channel()).read(buffer);
                            if (read < 0) {
                                key.cancel();
                            }
                            bytes.addAndGet(Math.max(0, read));
                        } catch (IOException e) {
                            key.cancel();
                        }
                    });
                }
            } catch (IOException | ClosedSelectorException e) {
                return; // closed
            }
        }

        @Override
        public void close() throws IOException {
            for (SelectionKey key : selector.keys()) {
                key.channel().close();
            }
            selector.close();
            LockSupport.parkNanos(Duration.ofSeconds(3).toNanos()); // until the server has noticed
        }
    }
}

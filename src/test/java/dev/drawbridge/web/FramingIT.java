package dev.drawbridge.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** The running server, by a client that is made of bytes and looks at every bit of what comes back. */
@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {"server.address=127.0.0.1", "drawbridge.limits.outbox=64KB"})
@DisplayName("[RFC 6455] The server's frames")
class FramingIT {

    @TempDir
    static Path folder;

    @LocalServerPort
    private int port;

    @DynamicPropertySource
    static void store(DynamicPropertyRegistry properties) {
        properties.add("drawbridge.store.sqlite.path", () -> folder.resolve("rooms.db"));
    }

    /** A frame of the server. */
    private record Frame(int opcode, byte[] payload) {
        int closeCode() {
            return payload.length < 2 ? 1005 : (payload[0] & 0xFF) << 8 | (payload[1] & 0xFF);
        }

        String text() {
            return new String(payload, StandardCharsets.UTF_8);
        }
    }

    /** A client that does as it is told, right or wrong. */
    private static final class Client implements AutoCloseable {
        private final Socket socket;
        private final DataInputStream in;
        private final OutputStream out;

        Client(int port, String headers) throws IOException {
            socket = new Socket();
            socket.setReceiveBufferSize(8 << 10);
            socket.setSoTimeout(20_000);
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            in = new DataInputStream(socket.getInputStream());
            out = socket.getOutputStream();
            out.write(("GET /connect/framing?sessionId=s" + socket.getLocalPort() + " HTTP/1.1\r\nHost: localhost:"
                            + port + "\r\n" + headers + "\r\n")
                    .getBytes(StandardCharsets.UTF_8));
        }

        static Client open(int port) throws IOException {
            Client client = new Client(
                    port,
                    String.join(
                            "\r\n",
                            "Upgrade: websocket",
                            "Connection: keep-alive, Upgrade",
                            "Sec-WebSocket-Version: 13",
                            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
                            ""));
            assertThat(client.status()).isEqualTo(101);
            return client;
        }

        int status() throws IOException {
            ByteArrayOutputStream head = new ByteArrayOutputStream();
            while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
                head.write(in.readUnsignedByte());
            }
            String text = head.toString(StandardCharsets.ISO_8859_1);
            if (text.startsWith("HTTP/1.1 101")) {
                assertThat(text).contains("Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
            }
            return Integer.parseInt(text.substring(9, 12));
        }

        void send(int first, byte[] payload) throws IOException {
            ByteArrayOutputStream frame = new ByteArrayOutputStream();
            frame.write(first);
            if (payload.length < 126) {
                frame.write(0x80 | payload.length);
            } else {
                frame.write(0x80 | 126);
                frame.write(payload.length >> 8);
                frame.write(payload.length);
            }
            frame.writeBytes(new byte[4]); // a mask that changes nothing
            frame.writeBytes(payload);
            out.write(frame.toByteArray());
        }

        void raw(int... bytes) throws IOException {
            for (int b : bytes) {
                out.write(b);
            }
        }

        /** The next frame, every bit of which is looked at. */
        Frame read() throws IOException {
            int first = in.readUnsignedByte();
            assertThat(first & 0x70).as("reserved bits").isZero();
            assertThat(first & 0x80).as("the server sends whole frames").isNotZero();
            assertThat(first & 0x0F).as("opcode").isIn(1, 8, 9, 10);
            int second = in.readUnsignedByte();
            assertThat(second & 0x80).as("mask").isZero();
            long length = second;
            if (second == 126) {
                length = in.readUnsignedShort();
                assertThat(length).isGreaterThan(125);
            } else if (second == 127) {
                length = in.readLong();
                assertThat(length).isGreaterThan(65_535);
            }
            byte[] payload = new byte[(int) length];
            in.readFully(payload);
            return new Frame(first & 0x0F, payload);
        }

        Frame awaitClose() throws IOException {
            Frame frame = read();
            while (frame.opcode != 8) {
                frame = read();
            }
            return frame;
        }

        boolean isAtEnd() throws IOException {
            return in.read() == -1;
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "unmasked, 1002, '81 01 78'",
        "a reserved bit, 1002, 'c1 80 00 00 00 00'",
        "a reserved opcode, 1002, '83 80 00 00 00 00'",
        "a fragmented ping, 1002, '09 80 00 00 00 00'",
        "a long ping, 1002, '89 fe 00 7e 00 00 00 00'",
        "a continuation of nothing, 1002, '80 80 00 00 00 00'",
        "a message in a message, 1002, '01 80 00 00 00 00 81 80 00 00 00 00'",
        "a negative length, 1002, '82 ff ff ff ff ff ff ff ff ff 00 00 00 00'",
        "a close of one byte, 1002, '88 81 00 00 00 00 03'",
        "a close code for nobody, 1002, '88 82 00 00 00 00 03 ed'",
        "no UTF-8, 1007, '81 82 00 00 00 00 c3 28'",
        "UTF-8 broken off, 1007, '81 81 00 00 00 00 c3'",
        "a close, 1000, '88 82 00 00 00 00 03 e8'",
        "a close without a code, 1005, '88 80 00 00 00 00'",
        "an application's close, 4000, '88 82 00 00 00 00 0f a0'"
    })
    @DisplayName("answer what a client should not do, and its close, with a close frame and the end of the connection")
    void closes(String what, int code, String bytes) throws IOException {
        try (Client client = Client.open(port)) {
            for (String b : bytes.split(" ", -1)) {
                client.raw(Integer.parseInt(b, 16));
            }
            assertThat(client.awaitClose().closeCode()).as(what).isEqualTo(code);
            if (code == 1002 || code == 1007) {
                client.send(0x88, new byte[] {(byte) (code >> 8), (byte) code});
            }
            assertThat(client.isAtEnd()).isTrue();
        }
    }

    @Test
    @DisplayName("[5.5.2] answer a ping in the middle of a fragmented message with the same bytes")
    void pings() throws IOException {
        try (Client client = Client.open(port)) {
            client.send(0x01, "{\"type\":".getBytes(StandardCharsets.UTF_8));
            client.send(0x89, "are you there".getBytes(StandardCharsets.UTF_8));
            Frame pong = client.read();
            assertThat(pong.opcode).isEqualTo(10);
            assertThat(pong.text()).isEqualTo("are you there");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://example.com, https://example.com",
                "https://a b.c",
                "https://exämple.com",
                "null",
                "",
                "://",
                "https://example.com:99999",
                "\u0001"
            })
    @DisplayName("are given to pages of any origin where all are allowed, whatever an origin looks like")
    void origins(String origin) throws IOException {
        try (Client client = new Client(
                port,
                "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                        + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nOrigin: " + origin + "\r\n")) {
            assertThat(client.status()).isIn(101, 400); // 400: a header that is none
        }
    }

    @ParameterizedTest
    @CsvSource({
        "426, 'Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 8\r\n'",
        "426, 'Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n'",
        "426, 'Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\n'",
        "400, 'Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n'",
        "400, 'Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: short\r\n'"
    })
    @DisplayName("[4.2] are for those only who ask for them as they should")
    void handshakes(int status, String headers) throws IOException {
        try (Client client = new Client(port, headers)) {
            assertThat(client.status()).isEqualTo(status);
        }
    }

    @Test
    @DisplayName(
            "[issue 10, A17] are whole to the last one for clients that read slowly while they are cut off at any instant")
    void cutOff() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Integer>> clients = new ArrayList<>();
            for (int seed = 0; seed < 24; seed++) {
                clients.add(threads.submit(slowClient(seed)));
            }
            int frames = 0;
            for (Future<Integer> client : clients) {
                frames += client.get();
            }
            assertThat(frames).isGreaterThan(24);
        }
    }

    /** Has itself sent far more than it reads, and ends when the server has had enough of it; counts whole frames. */
    private Callable<Integer> slowClient(long seed) {
        return () -> {
            RandomGenerator random =
                    RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
            int frames = 0;
            try (Client client = Client.open(port)) {
                Thread.startVirtualThread(() -> {
                    try {
                        byte[] connect = TestSocket.connectMessage().getBytes(StandardCharsets.UTF_8);
                        client.send(0x81, connect);
                        // Each answer is as long as the question: what is not read overflows.
                        for (int i = 0; i < 2_000; i++) {
                            String push =
                                    "{\"type\":\"push\",\"clientClock\":\"" + "x".repeat(random.nextInt(8_000)) + "\"}";
                            client.send(0x81, push.getBytes(StandardCharsets.UTF_8));
                        }
                        client.send(0x81, "nonsense".getBytes(StandardCharsets.UTF_8));
                    } catch (IOException e) {
                        // cut off
                    }
                });
                while (true) {
                    Frame frame = client.read();
                    frames++;
                    if (frame.opcode == 8) {
                        return frames;
                    }
                    if (random.nextInt(4) == 0) {
                        LockSupport.parkNanos(random.nextInt(20_000_000));
                    }
                }
            } catch (EOFException | SocketException e) {
                return frames; // dropped in the middle of a frame, or after one: nothing else came in its place
            }
        };
    }
}

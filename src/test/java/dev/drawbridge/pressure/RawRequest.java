package dev.drawbridge.pressure;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;

/** An HTTP request made by hand, whose body comes as the test likes, or never; an answer may come before its end. */
final class RawRequest implements Guest {
    private final Socket socket;
    private final OutputStream out;

    /** Sends the head of a request with a body of JSON. */
    RawRequest(int port, String method, String path, String bodyHeader) throws IOException {
        this.socket = new Socket(InetAddress.getLoopbackAddress(), port);
        this.out = socket.getOutputStream();
        out.write("""
                %s %s HTTP/1.1\r
                Host: 127.0.0.1:%d\r
                Authorization: Bearer %s\r
                Content-Type: application/json\r
                %s\r
                \r
                """.formatted(method, path, port, AttackedServer.TOKEN, bodyHeader)
                .getBytes(StandardCharsets.US_ASCII));
    }

    /** Begins to send a body, on a thread of its own. */
    RawRequest body(InputStream body) {
        Thread.startVirtualThread(() -> {
            byte[] buffer = new byte[64 << 10];
            try (body) {
                for (int read = body.readNBytes(buffer, 0, buffer.length);
                        read > 0;
                        read = body.readNBytes(buffer, 0, buffer.length)) {
                    out.write((Integer.toHexString(read) + "\r\n").getBytes(StandardCharsets.US_ASCII));
                    out.write(buffer, 0, read);
                    out.write("\r\n".getBytes(StandardCharsets.US_ASCII));
                }
                out.write("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            } catch (IOException e) {
                // the server does not want it; its answer tells why
            }
        });
        return this;
    }

    /** The status of the answer; 0 when the connection ends without one. */
    int status(int patienceMillis) throws IOException {
        socket.setSoTimeout(patienceMillis);
        try {
            String line = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))
                    .readLine();
            return line == null ? 0 : Integer.parseInt(line.substring(9, 12));
        } catch (SocketException e) {
            return 0;
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            // gone all the same
        }
    }
}

package dev.drawbridge.pressure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Two hundred messages of a megabyte whose ends never come: as single frames, and as sequences of chunks. */
final class UnfinishedMessages implements Attack {
    private static final int SOCKETS = 200;
    private static final int LENGTH = 1 << 20;
    private static final int CHUNK = 1 << 18;
    private static final int SECONDS = 3;

    @Override
    public void run(Target target) throws IOException {
        byte[] text = new byte[LENGTH];
        Arrays.fill(text, (byte) ' ');
        text[0] = '{';
        List<Client> clients = new ArrayList<>();
        for (int i = 0; i < SOCKETS; i++) {
            boolean joins = i % 4 < 2;
            Client client = joins ? target.join("s" + i) : target.openSilently("s" + i);
            clients.add(client);
            boolean inOneFrame = i % 2 == 0;
            // Who is not read any more must not keep the others from sending.
            Thread.startVirtualThread(() -> {
                if (inOneFrame) {
                    client.socket().sendUnfinished(2L * LENGTH, text);
                } else {
                    beginChunks(client.socket());
                }
            });
        }
        Pace.of(1).did(SECONDS);
        for (Client client : clients) {
            client.socket().ending().ifPresent(end -> assertThat(
                            end.isRetriable() || end.isRefusal("MESSAGE_TOO_LARGE"))
                    .as("%s", end)
                    .isTrue());
        }
    }

    private static void beginChunks(RawSocket socket) {
        for (int left = 99; left > 99 - LENGTH / CHUNK; left--) {
            byte[] chunk = new byte[CHUNK];
            Arrays.fill(chunk, (byte) ' ');
            chunk[0] = (byte) ('0' + left / 10);
            chunk[1] = (byte) ('0' + left % 10);
            chunk[2] = '_';
            socket.send(chunk);
        }
    }
}

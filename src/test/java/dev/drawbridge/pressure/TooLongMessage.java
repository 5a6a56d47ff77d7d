package dev.drawbridge.pressure;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A message of 40 million characters, in one frame and in chunks: refused, and kept nowhere. */
final class TooLongMessage implements Attack {
    private static final int LENGTH = 40_000_000;
    private static final int CHUNK = 1 << 20;

    @Override
    public void run(Target target) throws Exception {
        byte[] text = new byte[LENGTH];
        Arrays.fill(text, (byte) ' ');
        text[0] = '{';

        Client inOneFrame = target.join("one-frame");
        inOneFrame.socket().send(text);
        isTooLarge(inOneFrame);

        Client inFrames = target.join("frames");
        for (int sent = 0; sent < LENGTH; sent += CHUNK) {
            inFrames.socket().sendPart(Arrays.copyOfRange(text, sent, sent + CHUNK), sent == 0, false);
        }
        isTooLarge(inFrames);

        Client inChunks = target.join("chunks");
        for (int left = LENGTH / CHUNK; left >= 0; left--) {
            byte[] chunk = (left + "_").getBytes(StandardCharsets.UTF_8);
            byte[] padded = Arrays.copyOf(chunk, CHUNK);
            Arrays.fill(padded, chunk.length, CHUNK, (byte) ' ');
            inChunks.socket().send(padded);
        }
        isTooLarge(inChunks);
    }

    private static void isTooLarge(Client client) {
        assertThat(client.socket().awaitEnding(Target.PATIENCE))
                .isEqualTo(new Ending.Closed(4099, "MESSAGE_TOO_LARGE"));
    }
}

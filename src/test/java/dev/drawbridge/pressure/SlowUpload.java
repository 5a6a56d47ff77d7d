package dev.drawbridge.pressure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** An image over a slow line, in chunks and in one frame: it goes on while others attack, and is stored over one socket. */
final class SlowUpload implements Attack {
    private static final int LENGTH = 6_000_000;
    private static final int SECONDS = 25;
    private static final int CHUNK = 262_000;

    private final List<Upload> uploads = new ArrayList<>();

    private record Upload(Client client, Thread thread) {}

    @Override
    public void begin(Target target) throws IOException {
        uploads.clear();
        String first = image("page:first");
        String second = image("page:second");
        Client inChunks = target.join("chunks");
        Client inOneFrame = target.join("one-frame");
        uploads.add(new Upload(
                inChunks,
                Thread.startVirtualThread(() -> inChunks.pushInChunks(first, CHUNK, Pace.of(LENGTH / SECONDS)))));
        uploads.add(new Upload(
                inOneFrame, Thread.startVirtualThread(() -> inOneFrame.push(second, Pace.of(LENGTH / SECONDS)))));
    }

    private static String image(String id) {
        return Diffs.putPage(id, "{\"src\":\"" + "x".repeat(LENGTH) + "\"}");
    }

    @Override
    public void run(Target target) throws InterruptedException {
        for (Upload upload : uploads) {
            assertThat(upload.thread.join(Duration.ofSeconds(2 * SECONDS))).isTrue();
            Client.Answer answer = upload.client.awaitAnswer(1, Target.PATIENCE);
            assertThat(answer.isResult()).as("%s", answer).isTrue();
            assertThat(upload.client.result(1)).hasValue("commit");
            assertThat(upload.client.pongs()).as("signs of life meanwhile").isPositive();
        }
    }
}

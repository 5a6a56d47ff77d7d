package dev.drawbridge.pressure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Pastes of eight megabytes in a room of twenty who read slowly, or not at all. */
final class LargePaste implements Attack {
    private static final int RECORDS = 8;
    private static final int RECORD = 1_000_000;
    private static final int RECEIVERS = 10;
    private static final int SLOW = 100_000;

    @Override
    public void run(Target target) throws IOException {
        Client editor = target.join("editor");
        Client fast = target.join("fast");
        List<Client> slow = new ArrayList<>();
        for (int i = 0; i < RECEIVERS; i++) {
            slow.add(target.join("slow" + i, Pace.of(SLOW))
                    .awaitJoined(Target.PATIENCE)
                    .keepAlive());
            var _ = target.joinDeaf("deaf" + i);
        }
        target.awaitConnected(2 + 2 * RECEIVERS);
        String meta = "{\"pasted\":\"" + "x".repeat(RECORD) + "\"}";
        int pastes = target.size(2, 10);
        for (int paste = 0; paste < pastes; paste++) {
            String prefix = "page:paste" + paste + "-";
            int push = editor.push(Diffs.putPages(RECORDS, i -> prefix + i, meta));
            assertThat(editor.awaitAnswer(push, Target.PATIENCE).result()).isEqualTo("commit");
        }
        Wait.forThat("the fast one has all", Target.PATIENCE)
                .until(() -> fast.heardBytes() >= (long) pastes * RECORDS * RECORD);
        for (Client client : slow) {
            client.socket().ending().ifPresent(end -> assertThat(end.isRetriable())
                    .as("%s", end)
                    .isTrue());
        }
    }
}

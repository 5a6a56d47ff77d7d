package dev.drawbridge.pressure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.json.JsonString;
import dev.drawbridge.room.Records;

/** A presence of five megabytes, which a viewer may push and which every newcomer would be sent. */
final class ViewerPresence implements Attack {
    private static final int LENGTH = 5_000_000;

    @Override
    public void run(Target target) throws Exception {
        Client viewer = target.joinAsViewer("viewer");
        int push =
                viewer.pushPresence(Records.presence("viewer").with("chatMessage", new JsonString("x".repeat(LENGTH))));
        Client.Answer answer = viewer.awaitAnswer(push, Target.PATIENCE);
        assertThat(answer.isRefusal("INVALID_RECORD", "RATE_LIMITED", "MESSAGE_TOO_LARGE"))
                .as("%s", answer)
                .isTrue();
        assertThat(target.join("newcomer").hydration().length).isLessThan(LENGTH);
    }
}

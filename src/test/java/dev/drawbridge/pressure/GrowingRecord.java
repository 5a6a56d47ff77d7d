package dev.drawbridge.pressure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;

/** A record that grows by appends, each of which is small. */
final class GrowingRecord implements Attack {
    private static final int APPENDED = 256_000;

    @Override
    public void run(Target target) throws IOException {
        Client editor = target.join("editor");
        Client watcher = target.join("watcher");
        int push = editor.push(Diffs.putPage("page:growing", "{\"s\":\"\"}"));
        assertThat(editor.awaitAnswer(push, Target.PATIENCE).result()).isEqualTo("commit");
        String more = "x".repeat(APPENDED);
        int appends = target.size(40, 336);
        for (int i = 0; i < appends; i++) {
            int append = editor.push("{\"page:growing\":[\"patch\",{\"meta\":[\"patch\",{\"s\":[\"append\",\"" + more
                    + "\"," + (long) i * APPENDED + "]}]}]}");
            Client.Answer answer = editor.awaitAnswer(append, Target.PATIENCE);
            if (!answer.result().equals("commit")) {
                assertThat(answer.result().equals("discard") || answer.isRefusalOfTooMuch())
                        .as("%s", answer)
                        .isTrue();
                return;
            }
        }
        Wait.forThat("the other one has seen it", Target.PATIENCE)
                .until(() -> watcher.heardBytes() >= (long) appends * APPENDED);
    }
}

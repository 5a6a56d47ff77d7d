package dev.drawbridge.pressure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.function.Supplier;

/** One push that is large in its own way: it has its result, or its sender is told that it is too much. */
final class LargePush implements Attack {
    private final Supplier<String> diff;

    LargePush(Supplier<String> diff) {
        this.diff = diff;
    }

    @Override
    public void run(Target target) throws IOException {
        Client editor = target.join("editor");
        int push = editor.push(diff.get());
        Client.Answer answer = editor.awaitAnswer(push, Target.PATIENCE);
        assertThat(answer.isResult() || answer.isRefusalOfTooMuch())
                .as("%s", answer)
                .isTrue();
    }
}

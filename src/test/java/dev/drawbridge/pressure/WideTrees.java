package dev.drawbridge.pressure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;

/** Messages within the limit whose trees would take thirty times their text. */
final class WideTrees implements Attack {
    private static final int LENGTH = 16 << 20;
    private static final String ITEM = "{\"\":0}";

    @Override
    public void run(Target target) throws IOException {
        String items = (ITEM + ",").repeat((LENGTH - 1_000) / (ITEM.length() + 1));
        String diff = Diffs.putPage("page:wide", "{\"a\":[" + items + ITEM + "]}");
        Client one = target.join("one");
        Client two = target.join("two");
        int ofOne = one.push(diff);
        int ofTwo = two.push(diff);
        isDefined(one.awaitAnswer(ofOne, Target.PATIENCE));
        isDefined(two.awaitAnswer(ofTwo, Target.PATIENCE));
    }

    private static void isDefined(Client.Answer answer) {
        assertThat(answer.isResult() || answer.isRefusalOfTooMuch())
                .as("%s", answer)
                .isTrue();
    }
}

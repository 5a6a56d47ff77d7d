package dev.drawbridge.pressure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Numbers that are too large, deep inside arrays and many side by side: they must cost what they are long. */
final class NestedNumbers implements Attack {
    private static final List<Integer> DEPTHS = List.of(26, 30, 100, 300, 480);
    private static final int MEMBERS = 20_000;

    @Override
    public void run(Target target) throws IOException {
        Client editor = target.join("editor");
        Client viewer = target.joinAsViewer("viewer");
        for (String meta : metas()) {
            int edited = editor.push(Diffs.putPage("page:n", meta));
            int viewed = viewer.push(Diffs.putPage("page:n", meta));
            isAnswered(editor, edited);
            isAnswered(viewer, viewed);
        }
    }

    private static List<String> metas() {
        List<String> metas = DEPTHS.stream()
                .map(depth -> "{\"a\":" + "[".repeat(depth) + "1e400" + "]".repeat(depth) + "}")
                .collect(Collectors.toList());
        metas.add(IntStream.range(0, MEMBERS)
                .mapToObj(i -> "\"k" + i + "\":1e400")
                .collect(Collectors.joining(",", "{", "}")));
        return metas;
    }

    private static void isAnswered(Client client, int push) {
        Client.Answer answer = client.awaitAnswer(push, Target.PATIENCE);
        assertThat(answer.ending()).as("it is still there").isEmpty();
    }
}

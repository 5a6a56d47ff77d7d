package dev.drawbridge.pressure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.room.Schemas;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** A room in which somebody draws is replaced by large documents of an older schema, by several at once. */
final class LargeReplacement implements Attack {
    private static final int PATIENCE_MILLIS = 100_000;
    private static final int OPERATORS = 4;

    @Override
    public void run(Target target) throws IOException {
        target.fill(new Shapes(1_000, 0));
        Client present = target.join("present").keepAlive();
        List<RawRequest> requests = new ArrayList<>();
        for (int i = 0; i < OPERATORS; i++) {
            Shapes shapes = new Shapes(target.size(40_000, 90_000), i);
            requests.add(target.keep(new RawRequest(
                            target.server().port(),
                            "PUT",
                            "/admin/v1/rooms/" + target.room() + "/snapshot",
                            "Transfer-Encoding: chunked"))
                    .body(shapes.snapshot(Schemas.V5_0_1.json().toString())));
        }
        List<Integer> answers = new ArrayList<>();
        for (RawRequest request : requests) {
            answers.add(request.status(PATIENCE_MILLIS));
        }
        assertThat(answers)
                .as("done, or told to come back")
                .isSubsetOf(200, 503)
                .contains(200);
        assertThat(present.socket().ending()).as("it is still there").isEmpty();
    }
}

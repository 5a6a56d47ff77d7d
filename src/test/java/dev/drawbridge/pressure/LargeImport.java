package dev.drawbridge.pressure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;

/** A room made of a document as large as a body may be: in few large records, or in many small ones. */
final class LargeImport implements Attack {
    private static final int PATIENCE_MILLIS = 100_000;

    private final Shapes shapes;

    LargeImport(Shapes shapes) {
        this.shapes = shapes;
    }

    @Override
    public void run(Target target) throws IOException {
        try (RawRequest request =
                new RawRequest(target.server().port(), "POST", "/admin/v1/rooms", "Transfer-Encoding: chunked")) {
            int status = request.body(shapes.createRoom(target.room())).status(PATIENCE_MILLIS);
            assertThat(status)
                    .as("made, or refused by a limit, or told to come back")
                    .isIn(201, 409, 413, 503);
            if (status == 201) {
                assertThat(target.admin().delete("/rooms/" + target.room())).isEqualTo(204);
            }
        }
    }
}

package dev.drawbridge.pressure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;

/** Three hundred requests whose bodies never come: those of others are answered all the same. */
final class UnsentBodies implements Attack {
    private static final int REQUESTS = 300;
    private static final int LOOKS = 6;

    @Override
    public void run(Target target) throws IOException {
        for (int i = 0; i < REQUESTS; i++) {
            var _ = target.keep(
                    new RawRequest(target.server().port(), "POST", "/admin/v1/rooms", "Content-Length: 1000000"));
        }
        Pace pace = Pace.of(2);
        for (int i = 0; i < LOOKS; i++) {
            assertThat(target.server().answers("/actuator/health/readiness")).isTrue();
            assertThat(target.server().answers("/admin/v1/rooms")).isTrue();
            pace.did(1);
        }
    }
}

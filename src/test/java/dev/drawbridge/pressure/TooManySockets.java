package dev.drawbridge.pressure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** More sockets than there may be: those above are told so at once, and who asks how the server is has an answer. */
final class TooManySockets implements Attack {
    static final int LIMIT = 50;

    @Override
    public void run(Target target) throws IOException {
        List<Client> opened = new ArrayList<>();
        int refused = 0;
        for (int i = 0; i < 2 * LIMIT; i++) {
            try {
                opened.add(target.join("s" + i, Pace.unlimited()));
            } catch (UpgradeRefused e) {
                assertThat(e.status()).isEqualTo(503);
                refused++;
            }
        }
        for (Client client : opened) {
            client.awaitJoinedOrEnded(Target.PATIENCE);
        }
        List<Ending> endings =
                opened.stream().flatMap(each -> each.socket().ending().stream()).toList();
        assertThat(endings).allMatch(end -> end instanceof Ending.Closed(int code, String ignored) && code == 1013);
        assertThat(opened.size() - endings.size()).as("who is in").isBetween(LIMIT - 10, LIMIT);
        assertThat(refused + endings.size()).as("who is not").isGreaterThanOrEqualTo(LIMIT);
        assertThat(target.server().answers("/actuator/health/liveness")).isTrue();
        assertThat(target.server().answers("/actuator/health/readiness")).isTrue();
        assertThat(target.server().answers("/admin/v1/rooms")).isTrue();

        opened.forEach(Client::close);
        Wait.forThat("there is room again", Target.PATIENCE).until(() -> {
            try (Client client = target.join("again", Pace.unlimited())) {
                return client.awaitJoinedOrEnded(Target.PATIENCE);
            } catch (UpgradeRefused e) {
                return false;
            }
        });
    }
}

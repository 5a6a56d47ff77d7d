package dev.drawbridge.pressure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Large rooms that are loaded all at once, as after a restart: the server says that it is ready all the time. */
final class LoadingRooms implements Attack {
    private static final int ROOMS = 4;
    private static final int PADDING = 1_000;

    @Override
    public void run(Target target) throws IOException {
        for (int i = 0; i < ROOMS; i++) {
            String room = target.room() + i;
            assertThat(target.admin().create(room, new Shapes(target.size(4_000, 20_000), PADDING)))
                    .isEqualTo(201);
            assertThat(target.admin().unload(room)).isEqualTo(204);
        }
        List<Client> clients = new ArrayList<>();
        for (int i = 0; i < ROOMS; i++) {
            clients.add(target.keep(Client.open(
                    target.server().port(),
                    target.room() + i + "?sessionId=s",
                    Client.CURRENT_SCHEMA,
                    Pace.unlimited(),
                    message -> {})));
        }
        while (!clients.stream().allMatch(Client::isJoined)) {
            assertThat(clients).allMatch(client -> client.socket().ending().isEmpty());
            assertThat(target.server().answers("/actuator/health/readiness")).isTrue();
        }
    }
}

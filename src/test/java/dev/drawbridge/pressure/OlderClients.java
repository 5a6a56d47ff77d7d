package dev.drawbridge.pressure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.room.Schemas;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Thirty clients of tldraw 5.0 and 5.2, for whom every shape has to be migrated, join a large room at once. */
final class OlderClients implements Attack {
    private static final int CLIENTS = 30;

    @Override
    public void run(Target target) throws IOException {
        target.fill(new Shapes(target.size(5_000, 20_000), 0));
        Drawer editor = target.keep(new Drawer(target.join("editor"), "page:drawn").start());
        List<Client> older = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            String schema =
                    (i % 2 == 0 ? Schemas.V5_0_1 : Schemas.V5_2_4).json().toString();
            older.add(target.open("older" + i, schema, Pace.unlimited(), message -> {})
                    .keepAlive());
        }
        older.forEach(client -> client.awaitJoined(Target.PATIENCE));
        editor.stop();
        for (Client client : older) {
            assertThat(client.socket().ending()).as("it is still there").isEmpty();
        }
    }
}

package dev.drawbridge.pressure;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A store in which nothing can be written for eight seconds, while twenty thousand records are made. */
final class StalledStore implements Attack {
    static final int SECONDS = 8;

    private static final int PUSHES = 200;
    private static final int RECORDS = 100;

    private final Consumer<String> measured;

    StalledStore(Consumer<String> measured) {
        this.measured = measured;
    }

    @Override
    public void run(Target target) throws Exception {
        Client editor = target.join("editor");
        List<Integer> pushes = new ArrayList<>();
        try (Connection store = DriverManager.getConnection(
                        "jdbc:sqlite:" + target.server().database());
                Statement statement = store.createStatement()) {
            statement.execute("PRAGMA busy_timeout = 30000");
            statement.execute("BEGIN IMMEDIATE");
            long begun = System.nanoTime();
            for (int push = 0; push < PUSHES; push++) {
                String prefix = "page:made" + push + "-";
                pushes.add(editor.push(Diffs.putPages(RECORDS, i -> prefix + i, "{}")));
            }
            Pace.of(1).did(SECONDS - (System.nanoTime() - begun) / (double) TimeUnit.SECONDS.toNanos(1));
            statement.execute("ROLLBACK");
        }
        long free = System.nanoTime();
        for (int push : pushes) {
            Client.Answer answer = editor.awaitAnswer(push, Target.PATIENCE);
            assertThat(answer.result()).as("%s", answer).isEqualTo("commit");
        }
        measured.accept("stalled-store: the last of %d records was acknowledged %d ms after the stall"
                .formatted(PUSHES * RECORDS, TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - free)));
        String stored = target.admin().snapshot(target.room());
        assertThat(stored.split("\"page:made", -1).length - 1).isEqualTo(PUSHES * RECORDS);
    }
}

package dev.drawbridge.pressure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A room that is unloaded again and again while three push: nobody is stuck, and what was acknowledged is there. */
final class UnloadLoop implements Attack {
    private static final long NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final int EDITORS = 3;
    private static final int UNLOADS_PER_SECOND = 20;

    private final Consumer<String> measured;

    UnloadLoop(Consumer<String> measured) {
        this.measured = measured;
    }

    @Override
    public void run(Target target) throws Exception {
        List<Editor> editors = new ArrayList<>();
        for (int i = 0; i < EDITORS; i++) {
            editors.add(target.keep(new Editor(target, "e" + i)));
        }
        editors.forEach(Editor::start);
        int unloads = 0;
        Pace pace = Pace.of(UNLOADS_PER_SECOND);
        for (long begun = System.nanoTime(); System.nanoTime() - begun < NANOS; unloads++) {
            assertThat(target.admin().unload(target.room())).isIn(204, 404);
            pace.did(1);
        }
        for (Editor editor : editors) {
            int before = editor.acknowledged.size();
            Wait.forThat("an editor goes on", Target.PATIENCE).until(() -> editor.acknowledged.size() > before);
            editor.close();
            assertThat(editor.surprises).isEmpty();
        }
        String stored = target.admin().snapshot(target.room());
        int acknowledged = 0;
        for (Editor editor : editors) {
            for (String id : editor.acknowledged) {
                assertThat(stored.contains("\"" + id + "\""))
                        .as("%s is stored", id)
                        .isTrue();
                acknowledged++;
            }
        }
        measured.accept("unload-loop: %d unloads, %d joins, %d pages acknowledged"
                .formatted(
                        unloads,
                        editors.stream().mapToInt(each -> each.joins.get()).sum(),
                        acknowledged));
    }

    /** Puts one page after the other, and connects again when it is told to. */
    private static final class Editor implements Guest {
        private final Target target;
        private final String name;
        private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();
        private final Set<Ending> surprises = ConcurrentHashMap.newKeySet();
        private final AtomicInteger joins = new AtomicInteger();
        private final Thread thread = Thread.ofVirtual().unstarted(this::edit);
        private volatile boolean over;

        Editor(Target target, String name) {
            this.target = target;
            this.name = name;
        }

        void start() {
            thread.start();
        }

        private void edit() {
            int page = 0;
            @Nullable Client client = null;
            while (!over) {
                try {
                    if (client == null) {
                        client = target.join(name, Pace.unlimited());
                        if (!client.awaitJoinedOrEnded(Target.PATIENCE)) {
                            client.close();
                            client = null;
                            continue;
                        }
                        joins.incrementAndGet();
                    }
                    String id = "page:" + name + "-" + page++;
                    Client.Answer answer =
                            client.awaitAnswer(client.push(Diffs.putPage(id, "{}")), Duration.ofSeconds(20));
                    if (answer.result().equals("commit")) {
                        acknowledged.add(id);
                    } else {
                        answer.ending().filter(end -> !end.isRetriable()).ifPresent(surprises::add);
                        client.close();
                        client = null;
                    }
                } catch (IOException e) {
                    client = null;
                }
            }
        }

        @Override
        public void close() {
            over = true;
        }
    }
}

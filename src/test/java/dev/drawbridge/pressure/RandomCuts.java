package dev.drawbridge.pressure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Clients that read slowly are cut off in the middle of large messages: each frame that they get is well formed. */
final class RandomCuts implements Attack {
    private static final int READERS = 20;
    private static final int MEGABYTE = 1_000_000;
    private static final int SLOWEST = 50_000;

    private final Consumer<String> measured;
    private final long seed = System.nanoTime();

    RandomCuts(Consumer<String> measured) {
        this.measured = measured;
    }

    @Override
    public void run(Target target) throws IOException {
        Random random = new Random(seed);
        Client editor = target.join("editor");
        List<Reader> readers = new ArrayList<>();
        for (int i = 0; i < READERS; i++) {
            readers.add(Reader.join(target, i, random));
        }
        List<Ending> endings = new ArrayList<>();
        long nanos = TimeUnit.SECONDS.toNanos(target.size(6, 60));
        Pace pace = Pace.of(5);
        String megabyte = "x".repeat(MEGABYTE);
        for (long begun = System.nanoTime(); System.nanoTime() - begun < nanos; pace.did(1)) {
            int push = editor.push(Diffs.putPage("page:event", "{\"" + random.nextInt() + "\":\"" + megabyte + "\"}"));
            Pace.of(1_000).did(random.nextInt(40));
            int cut = random.nextInt(READERS);
            target.admin().delete("/rooms/" + target.room() + "/sessions/reader" + cut);
            assertThat(editor.awaitAnswer(push, Target.PATIENCE).isResult()).isTrue();
            for (int i = 0; i < READERS; i++) {
                Optional<Ending> ending = readers.get(i).client.socket().ending();
                if (ending.isPresent()) {
                    endings.add(ending.get());
                    readers.set(i, Reader.join(target, i, random));
                }
            }
        }
        assertThat(target.admin().unload(target.room())).isEqualTo(204);
        for (Reader reader : readers) {
            reader.pace.letGo();
            endings.add(reader.client.socket().awaitEnding(Target.PATIENCE));
        }
        assertThat(endings).as("seed %d", seed).noneMatch(Ending.Violated.class::isInstance);
        measured.accept("random-cuts: seed %d, %d endings, %d in the middle of a frame, %d by a close frame"
                .formatted(
                        seed,
                        endings.size(),
                        endings.stream()
                                .filter(new Ending.Dropped(true)::equals)
                                .count(),
                        endings.stream().filter(Ending.Closed.class::isInstance).count()));
    }

    private record Reader(Client client, Pace pace) {

        /** Joins with a speed of its own. */
        static Reader join(Target target, int number, Random random) throws IOException {
            Pace pace = Pace.of(SLOWEST * Math.pow(100, random.nextDouble()));
            return new Reader(target.join("reader" + number, pace).keepAlive(), pace);
        }
    }
}

package dev.drawbridge.bench.load;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;

/** All clients of a scenario, on one thread or a few. */
final class Pool implements AutoCloseable {
    private final List<ClientLoop> loops = new ArrayList<>();
    private int clients;

    Pool(Target target, int threads) throws IOException {
        for (int i = 0; i < threads; i++) {
            loops.add(new ClientLoop(target, i).start());
        }
    }

    /** Makes clients; they are spread over the threads. */
    List<LoadClient> add(List<Seat> seats) {
        List<CompletableFuture<LoadClient>> made = new ArrayList<>();
        for (Seat seat : seats) {
            int number = clients++;
            ClientLoop loop = loops.get(number % loops.size());
            made.add(loop.ask(() -> loop.add(number, seat)));
        }
        return made.stream().map(CompletableFuture::join).toList();
    }

    /** Lets those join who have not, so many at a time; 0 is all at once. Returns when each has joined or failed. */
    Joins join(int atOnce, Duration atMost) {
        int each = atOnce == 0 ? Integer.MAX_VALUE : Math.max(1, atOnce / loops.size());
        return new Joins(ask(loop -> loop.join(each, atMost.toNanos() / 1_000)).stream()
                .flatMap(all -> all.join().stream())
                .toList());
    }

    void tell(Consumer<ClientLoop> what) {
        var _ = ask(loop -> {
            what.accept(loop);
            return true;
        });
    }

    Tally tally() {
        Tally all = new Tally();
        ask(ClientLoop::tally).forEach(all::add);
        return all;
    }

    long open() {
        return ask(ClientLoop::open).stream().mapToLong(Long::longValue).sum();
    }

    /** Has a client begin to work. */
    void begin(LoadClient client, Work work) {
        begin(client, work, new CompletableFuture<>());
    }

    /** Has a client do some work to its end; returns how long that took, in microseconds. */
    long finish(LoadClient client, Work work) {
        CompletableFuture<Long> done = new CompletableFuture<>();
        begin(client, work, done);
        return done.join();
    }

    private void begin(LoadClient client, Work work, CompletableFuture<Long> done) {
        var _ = loopOf(client)
                .ask(() -> {
                    client.work(work, done);
                    return true;
                })
                .join();
    }

    void leave(List<LoadClient> leaving) {
        for (LoadClient client : leaving) {
            ClientLoop loop = loopOf(client);
            var _ = loop.ask(() -> {
                        loop.leave(List.of(client));
                        return true;
                    })
                    .join();
        }
    }

    private ClientLoop loopOf(LoadClient client) {
        return loops.get(client.number() % loops.size());
    }

    private <T> List<T> ask(Function<ClientLoop, T> question) {
        List<CompletableFuture<T>> asked =
                loops.stream().map(loop -> loop.ask(() -> question.apply(loop))).toList();
        return asked.stream().map(CompletableFuture::join).toList();
    }

    @Override
    public void close() {
        loops.forEach(ClientLoop::close);
    }
}

package dev.drawbridge.bench.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One thread and all clients that it serves. */
final class ClientLoop implements AutoCloseable {
    private static final int INPUT = 256 << 10;
    private static final long PING_EVERY = 5_000_000;
    private static final long LOOK_EVERY = 20_000;
    private static final long LOOK_WHILE_JOINING = 1_000;
    /** The golden ratio: who comes one after the other in a room has turns far apart. */
    private static final double SPREAD = 0.6180339887;

    private final Target target;
    private final Selector selector;
    private final Thread thread;
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final byte[] input = new byte[INPUT];
    private final Outgoing out = new Outgoing();
    private final Tally tally = new Tally();
    private final List<LoadClient> clients = new ArrayList<>();
    private List<LoadClient> pushing = List.of();
    private @Nullable Rhythm rhythm;
    private @Nullable Joining joining;
    private long lookAt;
    private int pinged;
    private volatile boolean stopped;

    ClientLoop(Target target, int number) throws IOException {
        this.target = target;
        this.selector = Selector.open();
        this.thread = Thread.ofPlatform().name("clients-" + number).daemon().unstarted(this::run);
    }

    ClientLoop start() {
        thread.start();
        return this;
    }

    /** Has something done by the loop's thread. */
    <T> CompletableFuture<T> ask(Supplier<T> question) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        tasks.add(() -> {
            try {
                answer.complete(question.get());
            } catch (RuntimeException e) {
                answer.completeExceptionally(e);
            }
        });
        selector.wakeup();
        return answer;
    }

    // ---- what the loop's thread is asked to do

    LoadClient add(int number, Seat seat) {
        LoadClient client = new LoadClient(number, seat, tally, out);
        clients.add(client);
        return client;
    }

    /**
     * Lets all clients join that have not begun to.
     *
     * @param atOnce how many may be at it at a time
     * @return done when all have joined or failed
     */
    CompletableFuture<List<LoadClient>> join(int atOnce, long timeoutMicros) {
        List<LoadClient> all = clients.stream()
                .filter(client -> client.state() == LoadClient.State.NEW)
                .toList();
        Joining begun = new Joining(all, atOnce, Clock.micros() + timeoutMicros);
        joining = begun;
        begun.look();
        return begun.done;
    }

    void greet() {
        clients.forEach(LoadClient::greet);
    }

    /** From now on everybody who does anything pushes so many times a second. */
    void startPushing(double hertz) {
        pushing = clients.stream()
                .filter(client -> !client.seat().isIdle())
                .sorted(Comparator.comparingDouble(client -> client.number() * SPREAD % 1))
                .toList();
        rhythm = pushing.isEmpty() ? null : new Rhythm(pushing.size(), 1e6 / hertz, Clock.micros());
    }

    void stopPushing() {
        rhythm = null;
        clients.forEach(LoadClient::stopWork);
    }

    void restartTally() {
        tally.restart();
    }

    /** What was counted, for another thread. */
    Tally tally() {
        Tally copy = new Tally();
        copy.add(tally);
        return copy;
    }

    long open() {
        return clients.stream()
                .filter(client -> client.state() == LoadClient.State.JOINED)
                .count();
    }

    void leave(List<LoadClient> leaving) {
        leaving.forEach(LoadClient::leave);
        clients.removeAll(new HashSet<>(leaving));
    }

    void leaveAll() {
        leave(List.copyOf(clients));
    }

    // ---- the loop

    private void run() {
        Consumer<SelectionKey> ready = key -> ((Wire) key.attachment()).ready(input);
        try {
            while (!stopped) {
                for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
                    task.run();
                }
                long next = Math.min(pushWhatIsDue(), look());
                long wait = next - Clock.micros();
                if (wait <= 0) {
                    selector.selectNow(ready);
                } else {
                    selector.select(ready, Math.max(1, wait / 1_000));
                }
            }
            clients.forEach(LoadClient::leave);
            selector.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns when the next push is due. */
    private long pushWhatIsDue() {
        Rhythm going = rhythm;
        if (going == null) {
            return Long.MAX_VALUE;
        }
        long now = Clock.micros();
        tally.skipped += going.skip(now);
        for (int i = 0; i < pushing.size() && going.due() <= now; i++) {
            tally.lag.record(now - going.due());
            pushing.get(going.next()).push();
            now = Clock.micros();
        }
        return going.due();
    }

    /** Looks now and then at what has no turn of its own; returns when it will again. */
    private long look() {
        long now = Clock.micros();
        if (now < lookAt) {
            return lookAt;
        }
        // Everybody pings once in five seconds: each look is the turn of some more.
        int due = clients.isEmpty() ? 0 : (int) (now % PING_EVERY * clients.size() / PING_EVERY);
        for (int turns = 0; pinged != due && turns < clients.size(); turns++) {
            pinged = (pinged + 1) % clients.size();
            clients.get(pinged).ping();
        }
        Joining going = joining;
        if (going != null) {
            going.look();
        }
        lookAt = now + (joining == null ? LOOK_EVERY : LOOK_WHILE_JOINING);
        return lookAt;
    }

    /** Clients on their way in. */
    private final class Joining {
        private final List<LoadClient> all;
        private final Deque<LoadClient> waiting;
        private final List<LoadClient> onTheWay = new ArrayList<>();
        private final int atOnce;
        private final long deadline;
        private final CompletableFuture<List<LoadClient>> done = new CompletableFuture<>();

        Joining(List<LoadClient> all, int atOnce, long deadline) {
            this.all = all;
            this.waiting = new ArrayDeque<>(all);
            this.atOnce = atOnce;
            this.deadline = deadline;
        }

        void look() {
            if (Clock.micros() > deadline) {
                onTheWay.forEach(LoadClient::giveUp);
                waiting.forEach(LoadClient::giveUp);
                waiting.clear();
            }
            onTheWay.removeIf(
                    client -> client.state() == LoadClient.State.JOINED || client.state() == LoadClient.State.ENDED);
            while (onTheWay.size() < atOnce && !waiting.isEmpty()) {
                LoadClient next = waiting.remove();
                next.open(selector, target);
                onTheWay.add(next);
            }
            if (onTheWay.isEmpty()) {
                joining = null;
                done.complete(all);
            }
        }
    }

    @Override
    public void close() {
        stopped = true;
        selector.wakeup();
        try {
            thread.join(10_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

package dev.drawbridge.pressure;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.DoubleStream;

/** One client of the canaries' room: gives its page a new name again and again, and watches the other one's. */
final class Bird implements AutoCloseable {
    private static final int PUSHES_PER_SECOND = 20;
    private static final Pattern ANSWER = Pattern.compile("\"push_result\",\"clientClock\":(\\d+),");

    private final String page;
    private final Pattern song;
    private final Client client;
    private final Map<Integer, Long> sentAt = new ConcurrentHashMap<>();
    private final Queue<Double> millis = new ConcurrentLinkedQueue<>();
    private final AtomicInteger pushed = new AtomicInteger();
    private final AtomicInteger seen = new AtomicInteger();
    private volatile boolean silent;
    private volatile Thread singer = Thread.currentThread();

    private Bird(int port, String room, String name, String other) throws IOException {
        this.page = "page:" + name;
        this.song = Pattern.compile("\"page:" + other + "\":\\[.*?\"v(\\d+)\\.\"");
        this.client =
                Client.open(port, room + "?sessionId=" + name, Client.CURRENT_SCHEMA, Pace.unlimited(), this::hear);
    }

    static Bird join(int port, String room, String name, String other) throws IOException {
        Bird bird = new Bird(port, room, name, other);
        bird.client.awaitJoined(Duration.ofSeconds(30));
        return bird;
    }

    private void hear(byte[] message) {
        long now = System.nanoTime();
        String text = new String(message, StandardCharsets.UTF_8);
        Matcher answer = ANSWER.matcher(text);
        while (answer.find()) {
            Long sent = sentAt.remove(Integer.parseInt(answer.group(1)));
            if (sent != null) {
                millis.add((now - sent) / (double) TimeUnit.MILLISECONDS.toNanos(1));
            }
        }
        Matcher other = song.matcher(text);
        while (other.find()) {
            seen.incrementAndGet();
        }
    }

    void sing() {
        singer = Thread.ofPlatform().daemon().name(page).start(() -> {
            Pace pace = Pace.of(PUSHES_PER_SECOND);
            while (!silent && client.socket().ending().isEmpty()) {
                int verse = pushed.incrementAndGet();
                sentAt.put(client.clientClock() + 1, System.nanoTime());
                client.push(Diffs.namePage(page, verse));
                pace.did(1);
            }
        });
    }

    void hush() {
        silent = true;
        try {
            singer.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    int pushed() {
        return pushed.get();
    }

    int answered() {
        return millis.size();
    }

    long commits() {
        return client.commits();
    }

    /** How many changes of the other one it has seen. */
    int seen() {
        return seen.get();
    }

    DoubleStream millis() {
        return millis.stream().mapToDouble(Double::doubleValue);
    }

    Optional<Ending> ending() {
        return client.socket().ending();
    }

    @Override
    public void close() {
        client.close();
    }
}

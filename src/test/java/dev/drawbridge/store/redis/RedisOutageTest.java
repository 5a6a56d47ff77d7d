package dev.drawbridge.store.redis;

import static dev.drawbridge.store.StoredRooms.change;
import static dev.drawbridge.store.StoredRooms.documents;
import static dev.drawbridge.store.StoredRooms.failureOf;
import static dev.drawbridge.store.StoredRooms.get;
import static dev.drawbridge.store.StoredRooms.opened;
import static dev.drawbridge.store.StoredRooms.record;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.drawbridge.room.DocumentChange;
import dev.drawbridge.room.RoomSnapshot;
import dev.drawbridge.store.CommitResult;
import dev.drawbridge.store.CommitResult.Committed;
import dev.drawbridge.store.CommitResult.Conflict;
import dev.drawbridge.store.Liveness;
import dev.drawbridge.store.OpenedRoom;
import dev.drawbridge.store.Ownership;
import dev.drawbridge.store.RoomStore;
import dev.drawbridge.store.StoreException;
import dev.drawbridge.store.StoredRooms;
import io.lettuce.core.RedisClient;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Redis does not answer, goes away, comes back: stages fail, nothing is sent again behind anybody's back. */
class RedisOutageTest {
    private final RedisProcess redis = RedisProcess.start("--appendonly", "yes", "--appendfsync", "always");
    private final CutOffRedis network = new CutOffRedis(redis.port());
    private final RedisClient client = RedisProcess.newClient(network.port());
    private final RoomStore store = RedisRoomStore.connect(
            client, "test", "a-test", InstantSource.system(), StoredRooms::token, Liveness.ALONE);
    private Ownership owner = new Ownership(0, "");

    @BeforeEach
    void open() {
        owner = opened(store.open("room")).ownership();
        assertThat(commit(change(1, record("a", 1)))).isEqualTo(new Committed());
    }

    @AfterEach
    void close() {
        network.close();
        store.close();
        client.shutdown(Duration.ZERO, Duration.ofSeconds(2));
        redis.close();
    }

    private CommitResult commit(DocumentChange change) {
        return get(store.commit("room", owner, change));
    }

    /** How many times a script was run, whatever came of it. */
    private long scriptCalls() {
        return redis.cli()
                .info("commandstats")
                .lines()
                .filter(line -> line.startsWith("cmdstat_evalsha:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll(".*:calls=(\\d+),.*", "$1")))
                .sum();
    }

    private CommitResult retryUntilAnswered(DocumentChange change) {
        await().ignoreExceptions()
                .atMost(Duration.ofSeconds(20))
                .until(() -> get(store.list("", Optional.empty(), 1).handle((page, error) -> error == null)));
        return commit(change);
    }

    @Test
    @DisplayName("A commit whose reply is lost fails, is not sent again by the driver, and is committed when repeated")
    void lostReply() {
        DocumentChange change = change(2, record("a", 2));
        long before = scriptCalls();
        network.swallowAnswers();
        CompletionStage<CommitResult> lost = store.commit("room", owner, change);
        await().until(() -> network.swallowed() > 0);
        network.cut();

        assertThat(failureOf(lost))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("The room room could not be committed to");
        assertThat(retryUntilAnswered(change)).isEqualTo(new Committed());
        assertThat(scriptCalls() - before).isEqualTo(2);
        assertThat(commit(change(3, record("b", 3)))).isEqualTo(new Committed());
        assertThat(documents(opened(store.open("room")).snapshot().orElseThrow()))
                .isEqualTo(documents(record("a", 2), record("b", 3)));
    }

    @Test
    @DisplayName("A delete whose reply is lost does not hit the room that is made anew")
    void lostDelete() {
        get(store.delete("another")); // so that Redis knows the script
        network.swallowAnswers();
        CompletionStage<Boolean> lost = store.delete("room");
        await().until(() -> network.swallowed() > 0);
        network.cut();
        failureOf(lost);
        try (RoomStore other = redis.openStore("test")) {
            Ownership next = opened(other.open("room")).ownership();
            assertThat(get(other.commit("room", next, change(1, record("new", 1)))))
                    .isEqualTo(new Committed());
        }

        retryUntilAnswered(change(2)); // by now the driver has had its chance
        assertThat(documents(opened(store.open("room")).snapshot().orElseThrow()))
                .isEqualTo(documents(record("new", 1)));
    }

    @Test
    @DisplayName("While Redis is away commits fail at once; when it is back the room is opened anew, and goes on")
    void away() {
        redis.kill();
        DocumentChange change = change(2, record("a", 2));
        await().ignoreExceptions()
                .atMost(Duration.ofSeconds(5))
                .until(() -> failureOf(store.commit("room", owner, change)) instanceof StoreException);
        long start = System.nanoTime();
        failureOf(store.commit("room", owner, change));
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(3));
        assertThat(failureOf(store.open("room"))).isInstanceOf(StoreException.class);
        assertThat(failureOf(store.list("", Optional.empty(), 1))).isInstanceOf(StoreException.class);

        redis.startAgain();
        assertThat(retryUntilAnswered(change)).isEqualTo(new Conflict(1));
        storeAgain(change);
        assertThat(documents(opened(store.open("room")).snapshot().orElseThrow()))
                .isEqualTo(documents(record("a", 2)));
    }

    @Test
    @DisplayName("Killed amid a stream of commits: each is applied once, by whoever opens the room anew")
    void killedAmidCommits() {
        int last = 300;
        Thread killer = Thread.ofVirtual().start(() -> {
            for (int i = 1; i <= 3; i++) {
                int next = i * 70;
                await().ignoreExceptions()
                        .atMost(Duration.ofSeconds(30))
                        .until(() -> Integer.parseInt(redis.cli().hget("test:{room}:meta", "clock")) >= next);
                redis.kill();
                redis.startAgain();
            }
        });
        for (int clock = 2; clock <= last; clock++) {
            DocumentChange change = change(clock, record("shape:" + clock, clock));
            CommitResult result = get(store.commit("room", owner, change).exceptionally(error -> null));
            if (!new Committed().equals(result)) {
                storeAgain(change);
            }
        }

        await().until(() -> !killer.isAlive());
        RoomSnapshot room = await().ignoreExceptions()
                .until(() -> opened(store.open("room")).snapshot().orElseThrow(), found -> true);
        assertThat(room.documentClock()).isEqualTo(last);
        assertThat(room.documents()).hasSize(last);
    }

    /** As a room does that has been given up: opens it anew, and stores what is not there. */
    private void storeAgain(DocumentChange change) {
        await().ignoreExceptions().atMost(Duration.ofSeconds(20)).until(() -> {
            OpenedRoom opened = opened(store.open("room"));
            owner = opened.ownership();
            return opened.snapshot().orElseThrow().documentClock() == change.clock()
                    || get(store.commit("room", owner, change)) instanceof Committed;
        });
    }

    @Test
    @DisplayName("A Redis that has stopped answering fails the commit in finite time, and may have taken it")
    void frozen() throws IOException, InterruptedException {
        signal("STOP");
        long start = System.nanoTime();
        DocumentChange change = change(2, record("a", 2));
        Throwable failure = failureOf(store.commit("room", owner, change));

        assertThat(failure).isInstanceOf(StoreException.class).hasMessageContaining("timed out");
        assertThat(Duration.ofNanos(System.nanoTime() - start))
                .isBetween(Duration.ofSeconds(1), Duration.ofSeconds(30));
        signal("CONT");
        assertThat(retryUntilAnswered(change)).isEqualTo(new Committed());
        assertThat(opened(store.open("room")).snapshot().orElseThrow().documentClock())
                .isEqualTo(2);
    }

    private void signal(String name) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + name, Long.toString(redis.pid()))
                .start()
                .waitFor();
    }
}

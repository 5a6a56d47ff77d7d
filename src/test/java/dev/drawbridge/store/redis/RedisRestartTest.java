package dev.drawbridge.store.redis;

import static dev.drawbridge.store.StoredRooms.change;
import static dev.drawbridge.store.StoredRooms.documents;
import static dev.drawbridge.store.StoredRooms.get;
import static dev.drawbridge.store.StoredRooms.opened;
import static dev.drawbridge.store.StoredRooms.record;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.drawbridge.store.CommitResult;
import dev.drawbridge.store.CommitResult.Committed;
import dev.drawbridge.store.CommitResult.Conflict;
import dev.drawbridge.store.CommitResult.Fenced;
import dev.drawbridge.store.OpenedRoom;
import dev.drawbridge.store.Ownership;
import dev.drawbridge.store.RoomStore;
import dev.drawbridge.store.StoredRooms;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Redis is killed with {@code kill -9} and comes back, with all it had or with less. */
class RedisRestartTest {
    private static final String ROOM = "room";

    private static CommitResult commit(RoomStore store, Ownership owner, long clock) {
        return get(store.commit(ROOM, owner, change(clock, record("shape:" + clock, clock))));
    }

    /** Redis is back; so is the connection a moment later. */
    private static void restart(RedisProcess redis, RoomStore store) {
        redis.kill();
        redis.startAgain();
        await().ignoreExceptions()
                .atMost(Duration.ofSeconds(20))
                .until(() -> get(store.list("", Optional.empty(), 1).handle((rooms, error) -> error == null)));
    }

    @Test
    @DisplayName("With appendonly, all that was acknowledged is there; that is doubted until somebody commits")
    void appendOnly() {
        try (RedisProcess redis = RedisProcess.start("--appendonly", "yes", "--appendfsync", "always");
                RoomStore store = redis.openStore("test")) {
            Ownership owner = opened(store.open(ROOM)).ownership();
            for (int clock = 1; clock <= 50; clock++) {
                assertThat(commit(store, owner, clock)).isEqualTo(new Committed());
            }
            assertThat(opened(store.open("never stored")).snapshot()).isEmpty();
            restart(redis, store);

            OpenedRoom opened = opened(store.open(ROOM));
            assertThat(documents(opened.snapshot().orElseThrow())).hasSize(50);
            assertThat(opened.mayHaveLostCommits()).isTrue();
            OpenedRoom again = opened(store.open(ROOM));
            assertThat(again.mayHaveLostCommits()).isTrue();
            assertThat(opened(store.open("never stored")).mayHaveLostCommits()).isFalse();

            assertThat(commit(store, again.ownership(), 51)).isEqualTo(new Committed());
            assertThat(opened(store.open(ROOM)).mayHaveLostCommits()).isFalse();
        }
    }

    @Test
    @DisplayName("An owner meets a restart as a conflict, even if nothing was lost: it cannot know that")
    void ownerOfBefore() {
        try (RedisProcess redis = RedisProcess.start("--appendonly", "yes", "--appendfsync", "always");
                RoomStore store = redis.openStore("test")) {
            Ownership owner = opened(store.open(ROOM)).ownership();
            commit(store, owner, 1);
            restart(redis, store);

            assertThat(commit(store, owner, 2)).isEqualTo(new Conflict(1));
            assertThat(commit(store, opened(store.open(ROOM)).ownership(), 2)).isEqualTo(new Committed());
            assertThat(opened(store.open(ROOM)).mayHaveLostCommits()).isFalse();
        }
    }

    @Test
    @DisplayName("When a takeover and its commits were lost, the owner of before is not let in again by its old token")
    void lostTakeover() {
        try (RedisProcess redis = RedisProcess.start("--appendonly", "no");
                RoomStore store = redis.openStore("test")) {
            Ownership first = opened(store.open(ROOM)).ownership();
            commit(store, first, 1);
            redis.cli().save();
            Ownership second = opened(store.open(ROOM)).ownership();
            commit(store, second, 2);
            restart(redis, store);

            assertThat(commit(store, first, 2)).isEqualTo(new Conflict(1));
            assertThat(commit(store, second, 3)).isEqualTo(new Fenced());
            assertThat(opened(store.open(ROOM)).mayHaveLostCommits()).isTrue();
        }
    }

    @Test
    @DisplayName(
            "Without appendonly, the owner meets an older room as a conflict, and opens one that may have lost commits")
    void lostTail() {
        try (RedisProcess redis = RedisProcess.start("--appendonly", "no");
                RoomStore store = redis.openStore("test")) {
            Ownership owner = opened(store.open(ROOM)).ownership();
            commit(store, owner, 1);
            commit(store, owner, 2);
            redis.cli().save();
            commit(store, owner, 3);
            commit(store, owner, 4);
            restart(redis, store);

            assertThat(commit(store, owner, 5)).isEqualTo(new Conflict(2));
            OpenedRoom opened = opened(store.open(ROOM));
            assertThat(opened.mayHaveLostCommits()).isTrue();
            assertThat(opened.snapshot().orElseThrow().documentClock()).isEqualTo(2);
            assertThat(commit(store, owner, 3)).isEqualTo(new Fenced());

            get(store.delete(ROOM)); // clients have seen more of it than was there to be deleted
            assertThat(opened(store.open(ROOM)).clockFloor()).isEqualTo(2 + (1 << 20));
        }
    }

    @Test
    @DisplayName(
            "When the opening itself was lost, the epoch is handed out twice, but the first owner is fenced by its token")
    void lostOpening() {
        try (RedisProcess redis = RedisProcess.start("--appendonly", "no");
                RoomStore store = redis.openStore("test")) {
            commit(store, opened(store.open(ROOM)).ownership(), 1);
            redis.cli().save();
            Ownership first = opened(store.open(ROOM)).ownership();
            commit(store, first, 2);
            restart(redis, store);
            OpenedRoom second = opened(store.open(ROOM));

            assertThat(second.ownership().epoch()).isEqualTo(first.epoch());
            assertThat(second.mayHaveLostCommits()).isTrue();
            assertThat(commit(store, first, 3)).isEqualTo(new Fenced());
            assertThat(commit(store, first, 2)).isEqualTo(new Fenced());
            assertThat(commit(store, second.ownership(), 2)).isEqualTo(new Committed());
        }
    }

    @Test
    @DisplayName("When Redis has lost everything, the owner is fenced")
    void lostEverything() {
        try (RedisProcess redis = RedisProcess.start("--appendonly", "no");
                RoomStore store = redis.openStore("test")) {
            Ownership owner = opened(store.open(ROOM)).ownership();
            commit(store, owner, 1);
            restart(redis, store);

            assertThat(commit(store, owner, 2)).isEqualTo(new Fenced());
            assertThat(opened(store.open(ROOM)).snapshot()).isEmpty();
        }
    }

    @Test
    @DisplayName("On another server than the one that took the last commit, a room may have lost commits")
    void failover() {
        try (RedisProcess master = RedisProcess.start("--repl-diskless-sync-delay", "0");
                RedisProcess replica = RedisProcess.start(
                        "--replicaof", "127.0.0.1 " + master.port(), "--repl-diskless-sync-delay", "0");
                RoomStore store = master.openStore("test")) {
            commit(store, opened(store.open(ROOM)).ownership(), 1);
            await().ignoreExceptions()
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> replica.cli().exists("test:{room}:meta") == 1);
            master.kill();
            replica.cli().replicaofNoOne();
            try (RoomStore promoted = replica.openStore("test")) {
                OpenedRoom opened = opened(promoted.open(ROOM));

                assertThat(opened.snapshot()).isPresent();
                assertThat(opened.mayHaveLostCommits()).isTrue();
            }
        }
    }

    /** A master and its replica, and a store on each. */
    private static final class Pair implements AutoCloseable {
        private final RedisProcess master = RedisProcess.start("--repl-diskless-sync-delay", "0");
        private final RedisProcess replica = RedisProcess.start("--repl-diskless-sync-delay", "0");
        private final RoomStore onMaster = master.openStore("test");
        private final RoomStore onReplica = replica.openStore("test");

        Pair() {
            follow(replica, master);
        }

        static void follow(RedisProcess follower, RedisProcess leader) {
            follower.cli().replicaof("127.0.0.1", leader.port());
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> follower.cli().info("replication").contains("master_link_status:up"));
        }

        void awaitClock(RedisProcess server, long clock) {
            await().ignoreExceptions().atMost(Duration.ofSeconds(20)).until(() -> Long.toString(clock)
                    .equals(server.cli().hget("test:{room}:meta", "clock")));
        }

        @Override
        public void close() {
            onMaster.close();
            onReplica.close();
            master.close();
            replica.close();
        }
    }

    @Test
    @DisplayName("After a failover and back the server has its old run id and fewer commits: that is noticed")
    void failoverAndBack() {
        try (Pair pair = new Pair()) {
            Ownership owner = opened(pair.onMaster.open(ROOM)).ownership();
            commit(pair.onMaster, owner, 1);
            pair.awaitClock(pair.replica, 1);
            pair.replica.cli().replicaofNoOne();
            commit(pair.onMaster, owner, 2); // acknowledged, and lost
            commit(pair.onMaster, owner, 3);
            Pair.follow(pair.master, pair.replica);
            pair.awaitClock(pair.master, 1);
            pair.master.cli().replicaofNoOne();
            Pair.follow(pair.replica, pair.master);

            assertThat(commit(pair.onMaster, owner, 2)).isEqualTo(new Conflict(1));
            OpenedRoom opened = opened(pair.onMaster.open(ROOM));
            assertThat(opened.mayHaveLostCommits()).isTrue();
            assertThat(opened.snapshot().orElseThrow().documentClock()).isEqualTo(1);
            assertThat(commit(pair.onMaster, opened.ownership(), 2)).isEqualTo(new Committed());
            assertThat(opened(pair.onMaster.open(ROOM)).mayHaveLostCommits()).isFalse();
        }
    }

    @Test
    @DisplayName("What was committed at the other server meanwhile is in doubt as well when the first one has it")
    void committedMeanwhile() {
        try (Pair pair = new Pair()) {
            commit(pair.onMaster, opened(pair.onMaster.open(ROOM)).ownership(), 1);
            pair.awaitClock(pair.replica, 1);
            pair.replica.cli().replicaofNoOne();
            OpenedRoom promoted = opened(pair.onReplica.open(ROOM));
            assertThat(promoted.mayHaveLostCommits()).isTrue();
            commit(pair.onReplica, promoted.ownership(), 2);
            Pair.follow(pair.master, pair.replica);
            pair.awaitClock(pair.master, 2);
            pair.master.cli().replicaofNoOne();

            assertThat(commit(pair.onMaster, promoted.ownership(), 3)).isEqualTo(new Conflict(2));
            assertThat(opened(pair.onMaster.open(ROOM)).mayHaveLostCommits()).isTrue();
        }
    }

    @Test
    @DisplayName("A replica that loses its master for a moment is no reason for doubt at the master")
    void partialResync() {
        try (Pair pair = new Pair()) {
            Ownership owner = opened(pair.onMaster.open(ROOM)).ownership();
            commit(pair.onMaster, owner, 1);
            pair.replica.kill();
            commit(pair.onMaster, owner, 2);
            pair.replica.startAgain();

            assertThat(commit(pair.onMaster, owner, 3)).isEqualTo(new Committed());
            assertThat(opened(pair.onMaster.open(ROOM)).mayHaveLostCommits()).isFalse();
        }
    }

    @Test
    @DisplayName("The first replica that a server gets starts a new history there: one false alarm")
    void firstReplica() {
        try (RedisProcess alone = RedisProcess.start("--repl-diskless-sync-delay", "0");
                RedisProcess replica = RedisProcess.start("--repl-diskless-sync-delay", "0");
                RoomStore store = alone.openStore("test")) {
            commit(store, opened(store.open(ROOM)).ownership(), 1);
            assertThat(opened(store.open(ROOM)).mayHaveLostCommits()).isFalse();
            Pair.follow(replica, alone);

            OpenedRoom opened = opened(store.open(ROOM));
            assertThat(opened.mayHaveLostCommits()).isTrue();
            assertThat(commit(store, opened.ownership(), 2)).isEqualTo(new Committed());
            assertThat(opened(store.open(ROOM)).mayHaveLostCommits()).isFalse();
        }
    }

    @Test
    @DisplayName("Scripts that the server has forgotten are sent in full")
    void scriptFlush() {
        RedisProcess redis = SharedRedis.SERVER;
        try (RoomStore store = redis.openStore("flush-" + StoredRooms.token())) {
            Ownership owner = opened(store.open(ROOM)).ownership();
            redis.cli().scriptFlush();
            assertThat(commit(store, owner, 1)).isEqualTo(new Committed());
            redis.cli().scriptFlush();
            assertThat(opened(store.open(ROOM)).snapshot()).isPresent();
            redis.cli().scriptFlush();
            assertThat(get(store.delete(ROOM))).isTrue();
        }
    }
}

package dev.drawbridge.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.drawbridge.NodeScript;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * Real tldraw clients, spread over real servers by a balancer that knows nothing. After each of these things all of them are
 * drawing again, see the same, which is what is stored, and miss nothing that was confirmed to them.
 */
@DisplayName("Three servers on one Redis, behind a plain TCP round robin, while clients draw in shared rooms")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ClusterIT {
    private static final int ROOMS = 3;
    private static final int CLIENTS_OF_EACH = 4;

    /** Far more than was ever seen: 1 to 3.5 s as a rule, 8 to 10 s after a freeze. */
    private static final int LONG_MILLIS = 30_000;

    private final List<AutoCloseable> open = new ArrayList<>();
    private ServersBehindOneAddress cluster;
    private DrawingCrowd crowd;

    @BeforeAll
    void begin(@TempDir Path folder) throws Exception {
        NodeScript.assumeInstalled("node", "Node.js 20.19 or later");
        cluster = new ServersBehindOneAddress(folder, 3);
        open.addFirst(cluster);
        crowd = DrawingCrowd.start(cluster.front().port(), ROOMS, CLIENTS_OF_EACH);
        open.addFirst(crowd);
    }

    @BeforeEach
    void clientsAreThere() {
        assumeTrue(crowd.isThere(), "the clients have ended");
    }

    @AfterAll
    void end() throws Exception {
        for (AutoCloseable each : open) {
            each.close();
        }
    }

    @Test
    @Order(1)
    @DisplayName("one that has a room open is killed with kill -9, and started again: nothing is lost")
    void kill() throws Exception {
        ServerProcess owner = cluster.owner(DrawingCrowd.room(0));
        crowd.mark();
        cluster.kill(owner);
        backSoon("kill -9");

        cluster.start();
        settled();
    }

    @Test
    @Order(2)
    @DisplayName("one that has a room open stands still for longer than its heartbeat, and goes on: nothing is lost")
    void freeze() throws Exception {
        ServerProcess owner = cluster.owner(DrawingCrowd.room(1));
        crowd.mark();
        cluster.freeze(owner);
        try {
            Awaitility.await().atMost(Duration.ofMillis(LONG_MILLIS)).until(() -> !cluster.owner(DrawingCrowd.room(1))
                    .equals(owner));
        } finally {
            cluster.goOn(owner);
        }
        backSoon("SIGSTOP and SIGCONT");
        settled();
    }

    @Test
    @Order(3)
    @DisplayName("each is stopped with SIGTERM once its successor runs: nothing is lost")
    void roll() throws Exception {
        List<String> complaints = cluster.complaints();
        for (ServerProcess old : cluster.servers()) {
            cluster.start();
            crowd.mark();
            Duration time = cluster.terminate(old);
            backSoon("SIGTERM (ended after " + time.toMillis() + " ms)");
        }
        settled();
        assertThat(cluster.complaints()).as("what operators are told of").isEqualTo(complaints);
    }

    @Test
    @Order(4)
    @DisplayName("Redis is killed and comes back with all that it had: nothing is lost")
    void restartRedis() throws Exception {
        crowd.mark();
        cluster.redis().kill();
        cluster.redis().startAgain();
        backSoon("Redis killed");
        settled();
    }

    @Test
    @Order(5)
    @DisplayName("Redis comes back without its last second: all see the same again")
    void redisForgets() throws Exception {
        long before = cluster.redis().written();
        Awaitility.await().until(() -> cluster.redis().written() > before + 100_000);
        crowd.mark();
        cluster.redis().killAndLose(before);
        cluster.redis().startAgain();
        backSoon("Redis forgot");
        System.out.println(crowd.settleAfterLoss());
        settled();
    }

    @Test
    @Order(6)
    @DisplayName(
            "two become three and four: no room moves, nobody is disturbed, no newcomer fails; and two again: nothing is lost")
    void scale() throws Exception {
        List<String> complaints = cluster.complaints();
        stopOne();

        crowd.mark();
        Map<String, String> before = cluster.ownerships(ROOMS);
        cluster.start();
        cluster.start();
        DrawingCrowd.Back up = crowd.back();
        System.out.println("2 to 4: " + up);
        assertThat(cluster.ownerships(ROOMS)).isEqualTo(before);
        assertThat(up.howManyLostTheirConnection()).isZero();
        assertThat(up.failures()).isZero();

        stopOne();
        stopOne();
        settled();
        assertThat(cluster.front().turnedAway()).isZero();
        assertThat(cluster.complaints()).as("what operators are told of").isEqualTo(complaints);
    }

    @Test
    @Order(7)
    @DisplayName("and no client has logged an error")
    void clientsHaveNoErrors() throws Exception {
        crowd.stop();
    }

    private void stopOne() throws Exception {
        crowd.mark();
        Duration time = cluster.terminate(cluster.owner(DrawingCrowd.room(2)));
        backSoon("SIGTERM (ended after " + time.toMillis() + " ms)");
    }

    private void backSoon(String what) throws Exception {
        DrawingCrowd.Back back = crowd.back();
        System.out.println(what + ": " + back);
        assertThat(back.lastAfter()).as(what).isLessThan(LONG_MILLIS);
    }

    private void settled() throws Exception {
        System.out.println(crowd.settle());
    }
}

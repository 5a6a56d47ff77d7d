package dev.drawbridge.pressure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** All attacks, one after the other, in a short form or in a long one; the order is that of {@link Attacks}. */
@DisplayName("Under pressure")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PressureIT {
    private static final boolean LONG_FORM = "long".equals(System.getProperty("pressure"));
    private static final String CHOSEN = System.getProperty("pressure.attack", "");

    /** Later than this nobody is answered, whatever goes on in other rooms. Generous: it is no measurement. */
    private static final Duration LIVELY = Duration.ofSeconds(5);

    /** What is left of the heap after a collection; with more than this it would not be long until the end. */
    private static final long MOST_KEPT = AttackedServer.HEAP / 10 * 9;

    private final Report report = new Report();
    private @Nullable AttackedServer server;
    private List<String> settings = List.of();
    private int servers;

    @TempDir
    Path folder;

    @TestFactory
    @DisplayName("the server")
    Stream<DynamicTest> attacks() {
        return new Attacks(report::note)
                .all().stream()
                        .filter(planned -> CHOSEN.isEmpty() || List.of(CHOSEN.split(",", -1)).contains(planned.name()))
                        .map(planned -> DynamicTest.dynamicTest(
                                planned.name() + ": " + planned.title(), () -> run(planned)));
    }

    private void run(PlannedAttack planned) throws Exception {
        AttackedServer attacked = server(planned.settings());
        long begun = System.nanoTime();
        boolean passed = false;
        Canary.Noticed noticed = Canary.Noticed.NOTHING;
        try (Memory memory = new Memory(attacked)) {
            try (Canary canary = Canary.start(attacked.port(), "canary-" + planned.name());
                    Target target = new Target(attacked, "attacked-" + planned.name(), LONG_FORM)) {
                try {
                    assertTimeoutPreemptively(
                            Duration.ofMinutes(LONG_FORM ? 10 : 2), () -> planned.attack().run(target));
                } finally {
                    noticed = canary.stop();
                }
                judge(planned, attacked, noticed, memory.peak());
                passed = true;
            } finally {
                double seconds = (System.nanoTime() - begun) / (double) TimeUnit.SECONDS.toNanos(1);
                report.add(planned.name(), noticed, memory.peak(), seconds, passed);
            }
        }
    }

    private static void judge(
            PlannedAttack planned, AttackedServer attacked, Canary.Noticed noticed, Memory.Peak peak) {
        assertThat(attacked.isAlive()).as("the process lives\n%s", attacked.log()).isTrue();
        SoftAssertions softly = new SoftAssertions();
        softly.assertThat(noticed.unanswered()).as("pushes of the canaries that were not acknowledged").isZero();
        softly.assertThat(noticed.unseen()).as("changes of a canary that the other one has not seen").isZero();
        softly.assertThat(noticed.max())
                .as("milliseconds until a canary was answered")
                .isLessThan(LIVELY.plusSeconds(planned.stalls()).toMillis());
        softly.assertThat(peak.kept()).as("bytes in the heap after a collection").isLessThan(MOST_KEPT);
        softly.assertAll();
    }

    /** The one that runs, when it still does and was started with these settings; else a new one. */
    private AttackedServer server(List<String> wanted) throws IOException {
        AttackedServer running = server;
        if (running != null && running.isAlive() && settings.equals(wanted)) {
            return running;
        }
        stop();
        settings = wanted;
        servers++;
        AttackedServer started = AttackedServer.start(folder.resolve("server-" + servers), wanted);
        server = started;
        return started;
    }

    private void stop() {
        AttackedServer running = server;
        if (running != null) {
            running.close();
        }
    }

    @AfterAll
    void end() {
        stop();
        System.out.println(report);
    }
}

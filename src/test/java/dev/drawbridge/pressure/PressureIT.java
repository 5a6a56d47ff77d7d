package dev.drawbridge.pressure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
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
    private final List<PlannedAttack> planned = new Attacks(report::note)
            .all().stream()
                    .filter(each -> LONG_FORM || !each.isOnlyInLongForm())
                    .filter(each ->
                            CHOSEN.isEmpty() || List.of(CHOSEN.split(",", -1)).contains(each.name()))
                    .toList();
    private final Map<PlannedAttack, Target> targets = new HashMap<>();
    private final Set<PlannedAttack> over = new HashSet<>();
    private @Nullable AttackedServer server;
    private List<String> settings = List.of();
    private int servers;

    @TempDir
    Path folder;

    @TestFactory
    @DisplayName("the server")
    Stream<DynamicTest> attacks() {
        return planned.stream()
                .map(each -> DynamicTest.dynamicTest(each.name() + ": " + each.title(), () -> run(each)));
    }

    private void run(PlannedAttack attack) throws Exception {
        AttackedServer attacked = server(attack.settings());
        long begun = System.nanoTime();
        boolean passed = false;
        Canary.Noticed noticed = Canary.Noticed.NOTHING;
        try (Memory memory = new Memory(attacked)) {
            try (Canary canary = Canary.start(attacked.port(), "canary-" + attack.name());
                    Target target = Objects.requireNonNull(targets.remove(attack))) {
                try {
                    assertTimeoutPreemptively(Duration.ofMinutes(LONG_FORM ? 10 : 2), () -> attack.attack()
                            .run(target));
                } catch (Exception | AssertionError e) {
                    if (!attacked.hasEnded()) {
                        throw e;
                    }
                    throw new AssertionError("the process has ended:\n" + attacked.log(), e);
                } finally {
                    noticed = canary.stop();
                }
                judge(attack, attacked, noticed, memory.peak());
                passed = true;
            } finally {
                over.add(attack);
                double seconds = (System.nanoTime() - begun) / (double) TimeUnit.SECONDS.toNanos(1);
                report.add(attack.name(), noticed, memory.peak(), seconds, passed);
            }
        }
    }

    private static void judge(PlannedAttack attack, AttackedServer attacked, Canary.Noticed noticed, Memory.Peak peak) {
        assertThat(attacked.isAlive())
                .as("the process lives\n%s", attacked.log())
                .isTrue();
        SoftAssertions softly = new SoftAssertions();
        softly.assertThat(noticed.unanswered())
                .as("pushes of the canaries that were not acknowledged")
                .isZero();
        softly.assertThat(noticed.unseen())
                .as("changes of a canary that the other one has not seen")
                .isZero();
        softly.assertThat(noticed.max())
                .as("milliseconds until a canary was answered")
                .isLessThan((double) LIVELY.plusSeconds(attack.stalls()).toMillis());
        softly.assertThat(peak.kept())
                .as("bytes in the heap after a collection")
                .isLessThan(MOST_KEPT);
        softly.assertAll();
    }

    /** The one that runs, when it still does and was started with these settings; else a new one. */
    private AttackedServer server(List<String> wanted) throws Exception {
        AttackedServer running = server;
        if (running != null && running.isAlive() && settings.equals(wanted)) {
            return running;
        }
        stop();
        settings = wanted;
        servers++;
        AttackedServer started = AttackedServer.start(folder.resolve("server-" + servers), wanted);
        server = started;
        begin(started);
        return started;
    }

    /** What takes long goes on while others attack; when a server is a new one, it begins anew. */
    private void begin(AttackedServer started) throws Exception {
        for (PlannedAttack each : planned) {
            if (each.settings().equals(settings) && !over.contains(each)) {
                Target target = new Target(started, "attacked-" + each.name(), LONG_FORM);
                targets.put(each, target);
                each.attack().begin(target);
            }
        }
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

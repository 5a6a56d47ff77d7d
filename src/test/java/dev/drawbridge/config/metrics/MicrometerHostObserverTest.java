package dev.drawbridge.config.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.host.HostObserver;
import dev.drawbridge.host.HostObserver.OwnershipChange;
import dev.drawbridge.host.HostObserver.StoreOperation;
import dev.drawbridge.protocol.ClientMessage;
import dev.drawbridge.protocol.ConnectResponse.HydrationType;
import dev.drawbridge.protocol.DataEvent.Verdict;
import dev.drawbridge.protocol.Limit;
import dev.drawbridge.protocol.RefusalReason;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("The meters of a host")
class MicrometerHostObserverTest {
    private final MeterRegistry registry = new SimpleMeterRegistry();
    private final HostObserver observer = new MicrometerHostObserver(registry);

    private double counter(String name, String... tags) {
        return registry.get(name).tags(tags).counter().count();
    }

    @Test
    @DisplayName("are all there at zero before anything happens, each with a description")
    void fromTheStart() {
        List<Meter> meters = registry.getMeters().stream()
                .filter(meter -> !meter.getId().getName().endsWith(".histogram")) // how this registry keeps buckets
                .toList();
        assertThat(meters).hasSizeGreaterThan(40).allSatisfy(meter -> {
            assertThat(meter.getId().getName()).startsWith("drawbridge.");
            assertThat(meter.getId().getDescription()).isNotBlank();
            assertThat(meter.measure()).allSatisfy(measurement -> assertThat(measurement.getValue())
                    .isZero());
        });
    }

    @Test
    @DisplayName("do not grow in number with what happens")
    void bounded() {
        List<Meter> before = registry.getMeters();
        for (int code = 900; code < 5_000; code++) {
            observer.closed(code);
        }
        observer.received(new ClientMessage.Connect(null, null, null, null), 1);
        observer.hydrated(HydrationType.WIPE_ALL, 1);

        assertThat(registry.getMeters()).hasSameSizeAs(before);
    }

    @Test
    @DisplayName("count messages by type, with their length")
    void received() {
        observer.received(new ClientMessage.Ping(), 15);
        observer.received(new ClientMessage.Push(null, null, null), 100);
        observer.received(new ClientMessage.Push(null, null, null), 200);

        assertThat(counter("drawbridge.messages.received", "type", "push")).isEqualTo(2);
        assertThat(counter("drawbridge.messages.received", "type", "ping")).isEqualTo(1);
        assertThat(counter("drawbridge.messages.received", "type", "connect")).isZero();
        assertThat(registry.get("drawbridge.message.length").summary().totalAmount())
                .isEqualTo(315);
    }

    @Test
    @DisplayName("count push results by action")
    void results() {
        observer.pushAnswered(Verdict.COMMIT);
        observer.pushAnswered(Verdict.DISCARD);
        observer.pushAnswered(Verdict.REBASE);
        observer.pushAnswered(Verdict.REBASE);

        assertThat(counter("drawbridge.push.results", "action", "commit")).isEqualTo(1);
        assertThat(counter("drawbridge.push.results", "action", "discard")).isEqualTo(1);
        assertThat(counter("drawbridge.push.results", "action", "rebase")).isEqualTo(2);
    }

    @Test
    @DisplayName("time what takes time")
    void times() {
        observer.pushed(1_000_000);
        observer.gateWaited(2_000_000);
        observer.roomLoaded(3_000_000);
        observer.committed(4_000_000, 10, 5_000);

        assertThat(List.of("push.duration", "gate.wait", "room.load", "commit.duration"))
                .extracting(name -> registry.get("drawbridge." + name).timer().totalTime(TimeUnit.MILLISECONDS))
                .containsExactly(1.0, 2.0, 3.0, 4.0);
        assertThat(registry.get("drawbridge.commit.records").summary().totalAmount())
                .isEqualTo(10);
        assertThat(registry.get("drawbridge.commit.size").summary().totalAmount())
                .isEqualTo(5_000);
    }

    @Test
    @DisplayName("measure what is sent")
    void sizes() {
        observer.sent(70);
        observer.hydrated(HydrationType.WIPE_PRESENCE, 5L << 32);

        assertThat(registry.get("drawbridge.frame.size").summary().totalAmount())
                .isEqualTo(70);
        assertThat(registry.get("drawbridge.hydration.size")
                        .tag("type", "wipe_presence")
                        .summary()
                        .totalAmount())
                .isEqualTo(5L << 32);
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("count refusals by reason")
    void refusals(RefusalReason reason) {
        observer.refused(reason);
        assertThat(counter("drawbridge.sessions.refused", "reason", CountersByName.label(reason)))
                .isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("count limits by name")
    void limits(Limit limit) {
        observer.limitHit(limit);
        assertThat(counter("drawbridge.limits.hit", "limit", CountersByName.label(limit)))
                .isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("count failures of the store by operation")
    void storeErrors(StoreOperation operation) {
        observer.storeFailed(operation);
        assertThat(counter("drawbridge.store.errors", "operation", CountersByName.label(operation)))
                .isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("count changes of ownership")
    void ownership(OwnershipChange change) {
        observer.ownership(change);
        assertThat(counter("drawbridge.room.ownership", "change", CountersByName.label(change)))
                .isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"1000, 1000", "1001, 1001", "1011, 1011", "1012, 1012", "1013, 1013", "1009, other", "0, other"})
    @DisplayName("count closed sockets by code")
    void closes(int code, String label) {
        observer.closed(code);
        assertThat(counter("drawbridge.sockets.closed", "code", label)).isEqualTo(1);
    }

    @Test
    @DisplayName("count what has no label")
    void plain() {
        observer.slowConsumer();
        observer.roomFailed();
        assertThat(counter("drawbridge.slow.consumers")).isEqualTo(1);
        assertThat(counter("drawbridge.rooms.failed")).isEqualTo(1);
    }
}

package dev.drawbridge.config.metrics;

import dev.drawbridge.host.Census;
import dev.drawbridge.host.HostState;
import dev.drawbridge.host.RoomRegistry;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/** How much is going on at a node at the moment. A scrape counts once for all its gauges. */
final class CensusMeters implements MeterBinder {
    static final String ROOMS = "drawbridge.rooms";
    static final String CONNECTIONS = "drawbridge.connections";

    /** Those that end a room are counted as events: a room that has ended is there no more. */
    private static final Set<HostState> STATES = EnumSet.of(HostState.LOADING, HostState.ACTIVE, HostState.DRAINING);

    private final RoomRegistry rooms;
    private final Memo<Census> census;

    CensusMeters(RoomRegistry rooms, Memo<Census> census) {
        this.rooms = rooms;
        this.census = census;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        for (HostState state : STATES) {
            gauge(ROOMS, "Rooms in memory", now -> now.rooms().getOrDefault(state, 0))
                    .tag("state", CountersByName.label(state))
                    .register(registry);
        }
        gauge("drawbridge.sessions", "Sessions in rooms, by what they may do", Census::editors)
                .tag("mode", "edit")
                .register(registry);
        gauge("drawbridge.sessions", "Sessions in rooms, by what they may do", Census::viewers)
                .tag("mode", "view")
                .register(registry);
        gauge(CONNECTIONS, "Open sockets, those before their handshake included", Census::connections)
                .register(registry);
        gauge("drawbridge.outbox.queued", "What waits to be sent to clients, all together", Census::outboxBytes)
                .baseUnit("bytes")
                .register(registry);
        Gauge.builder("drawbridge.draining", rooms, registered -> registered.isDraining() ? 1 : 0)
                .description("Whether rooms are being put away because the server stops: 1 if so, 0 if not")
                .register(registry);
    }

    private Gauge.Builder<Memo<Census>> gauge(String name, String description, ToDoubleFunction<Census> count) {
        return Gauge.builder(name, census, memo -> count.applyAsDouble(memo.get()))
                .description(description)
                .strongReference(true);
    }
}

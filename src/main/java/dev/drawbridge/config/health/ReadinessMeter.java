package dev.drawbridge.config.health;

import dev.drawbridge.host.RoomRegistry;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.springframework.boot.availability.ApplicationAvailability;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.stereotype.Component;

/** What the readiness probe says, for those who watch metrics. */
@Component
class ReadinessMeter implements MeterBinder {
    private final StoreProbe store;
    private final RoomRegistry rooms;
    private final ApplicationAvailability availability;

    ReadinessMeter(StoreProbe store, RoomRegistry rooms, ApplicationAvailability availability) {
        this.store = store;
        this.rooms = rooms;
        this.availability = availability;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Gauge.builder("drawbridge.ready", this, ReadinessMeter::value)
                .description("Whether this node is ready for clients, as its readiness probe says: 1 if so, 0 if not")
                .register(registry);
    }

    private double value() {
        boolean ready = availability.getReadinessState() == ReadinessState.ACCEPTING_TRAFFIC
                && !rooms.isDraining()
                && store.ask() instanceof StoreAnswer.Ready;
        return ready ? 1 : 0;
    }
}

package dev.drawbridge.config.health;

import dev.drawbridge.host.RoomRegistry;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/** Whether rooms are opened here; not any more once they are being put away. */
@Component
class RoomsHealthIndicator implements HealthIndicator {
    private final RoomRegistry rooms;

    RoomsHealthIndicator(RoomRegistry rooms) {
        this.rooms = rooms;
    }

    @Override
    public Health health() {
        return rooms.isDraining()
                ? Health.outOfService().withDetail("reason", "draining").build()
                : Health.up().build();
    }
}

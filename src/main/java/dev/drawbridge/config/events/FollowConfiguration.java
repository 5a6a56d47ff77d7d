package dev.drawbridge.config.events;

import dev.drawbridge.events.EventFormat;
import dev.drawbridge.events.EventStore;
import dev.drawbridge.events.follow.FollowedRoomEvents;
import dev.drawbridge.events.follow.Follower;
import dev.drawbridge.events.follow.RoomEvents;
import dev.drawbridge.host.Neighbours;
import dev.drawbridge.json.Json;
import java.util.Optional;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Lets events be followed: by those who embed the server, and over HTTP. */
@Configuration(proxyBeanMethods = false)
@EventsWhenEnabled
class FollowConfiguration {

    /** It is told of what this node writes down; of what others do it finds out, where there may be others. */
    @Bean(initMethod = "start", destroyMethod = "close")
    Follower eventFollower(EventStore store, Optional<Neighbours> neighbours) {
        return new Follower(
                store,
                () -> neighbours.isPresent() && neighbours.get().isCluster(),
                event -> Json.encode(EventFormat.outside(event, false)));
    }

    @Bean
    RoomEvents roomEvents(EventStore store, Follower follower) {
        return new FollowedRoomEvents(store, follower);
    }
}

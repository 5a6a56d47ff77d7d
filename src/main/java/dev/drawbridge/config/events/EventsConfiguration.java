package dev.drawbridge.config.events;

import dev.drawbridge.config.EventsProperties;
import dev.drawbridge.events.AppendListener;
import dev.drawbridge.events.Diffs;
import dev.drawbridge.events.EventQueues;
import dev.drawbridge.events.EventStore;
import dev.drawbridge.events.EventsObserver;
import dev.drawbridge.events.Filing;
import dev.drawbridge.events.Happening;
import dev.drawbridge.events.Keeper;
import dev.drawbridge.events.Recorder;
import dev.drawbridge.events.Writer;
import dev.drawbridge.history.HistoryObserver;
import dev.drawbridge.history.Version;
import dev.drawbridge.host.HostClock;
import dev.drawbridge.host.Neighbours;
import dev.drawbridge.host.NodeIdentity;
import dev.drawbridge.host.NodeMemory;
import dev.drawbridge.host.RoomCommands;
import dev.drawbridge.store.RoomStore;
import java.util.Optional;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts together what writes down what happens in rooms. Who is sent events is a bean of type {@link EventQueues}. */
@Configuration(proxyBeanMethods = false)
@EventsWhenEnabled
class EventsConfiguration {

    /** The registry of rooms tells it what happens. */
    @Bean
    Recorder recorder(
            NodeIdentity node,
            HostClock clock,
            EventsProperties properties,
            ObjectProvider<EventQueues> queues,
            EventsObserver observer) {
        return new Recorder(
                node.id(),
                clock,
                properties.debounce(),
                properties.debounceMost(),
                Runtime.getRuntime().maxMemory(),
                queues.getIfAvailable(() -> EventQueues.NONE),
                observer);
    }

    /** Versions are told of as well: {@code history} knows no events. */
    @Bean
    HistoryObserver versionEvents(Recorder recorder) {
        return new HistoryObserver() {
            @Override
            public void created(String roomId, Version version) {
                recorder.happened(
                        roomId,
                        new Happening.VersionCreated(
                                version.id().text(),
                                version.clock(),
                                version.reason().word(),
                                version.name()));
            }
        };
    }

    @Bean
    Filing filing(
            EventStore store,
            ObjectProvider<EventQueues> queues,
            ObjectProvider<AppendListener> listeners,
            EventsObserver observer) {
        return new Filing(store, queues.getIfAvailable(() -> EventQueues.NONE), listeners::orderedStream, observer);
    }

    @Bean
    Writer eventWriter(
            EventStore store,
            Filing filing,
            Recorder recorder,
            RoomCommands rooms,
            NodeMemory memory,
            NodeIdentity node,
            HostClock clock) {
        return new Writer(store, filing, recorder, new Diffs(rooms, memory.imports()), node.id(), clock);
    }

    @Bean
    Keeper eventKeeper(
            EventStore store,
            Filing filing,
            Recorder recorder,
            RoomStore rooms,
            Optional<Neighbours> neighbours,
            NodeIdentity node,
            HostClock clock) {
        return new Keeper(store, filing, recorder, rooms, neighbours.orElse(Neighbours.NONE), node.id(), clock);
    }
}

package dev.drawbridge.config.history;

import dev.drawbridge.assets.collection.Mentioning;
import dev.drawbridge.assets.collection.RoomMentions;
import dev.drawbridge.config.HistoryProperties;
import dev.drawbridge.history.Historian;
import dev.drawbridge.history.HistoryObserver;
import dev.drawbridge.history.Notes;
import dev.drawbridge.history.Thinner;
import dev.drawbridge.history.VersionStore;
import dev.drawbridge.history.Versions;
import dev.drawbridge.host.HostClock;
import dev.drawbridge.host.NodeMemory;
import dev.drawbridge.host.RoomCommands;
import dev.drawbridge.store.RoomStore;
import java.security.SecureRandom;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts together what keeps the past of rooms. */
@Configuration(proxyBeanMethods = false)
@HistoryWhenEnabled
class HistoryConfiguration {
    /** Of the heap, for what versions were found to refer to: some million ids in a gigabyte. */
    private static final int PART_FOR_MENTIONS = 64;

    /** The registry of rooms tells it what happens. */
    @Bean
    Notes notes(HostClock clock, HistoryProperties properties) {
        return new Notes(clock, properties.onEmpty());
    }

    @Bean
    Versions versions(
            VersionStore store,
            RoomCommands rooms,
            Notes notes,
            HostClock clock,
            NodeMemory memory,
            List<HistoryObserver> observers,
            HistoryProperties properties) {
        return new Versions(
                store,
                rooms,
                notes,
                clock,
                new SecureRandom(),
                memory.imports(),
                task -> Thread.ofVirtual().name("history").start(task),
                HistoryObserver.all(observers),
                properties.thinning().roomBytes());
    }

    @Bean
    Historian historian(Versions versions, Notes notes, HistoryProperties properties) {
        return new Historian(versions, notes, properties.every());
    }

    @Bean
    Thinner thinner(Versions versions, RoomStore rooms, HistoryProperties properties, HostClock clock) {
        return new Thinner(versions, rooms, properties.thinning(), clock);
    }

    @Bean
    Mentioning versionMentions(VersionStore store) {
        return new VersionMentions(
                store, RoomMentions.Pause.OF_A_MOMENT, Runtime.getRuntime().maxMemory() / PART_FOR_MENTIONS);
    }
}

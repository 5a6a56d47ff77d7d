package dev.drawbridge.config.metrics;

import dev.drawbridge.assets.AssetObserver;
import dev.drawbridge.assets.AssetStore;
import dev.drawbridge.assets.Uploads;
import dev.drawbridge.assets.renditions.RenditionObserver;
import dev.drawbridge.config.agents.CallObserver;
import dev.drawbridge.config.agents.McpWhenEnabled;
import dev.drawbridge.events.EventsObserver;
import dev.drawbridge.events.Recorder;
import dev.drawbridge.events.follow.Follower;
import dev.drawbridge.events.hooks.WebhookObserver;
import dev.drawbridge.history.HistoryObserver;
import dev.drawbridge.host.Census;
import dev.drawbridge.host.HostClock;
import dev.drawbridge.host.HostObserver;
import dev.drawbridge.host.NodeMemory;
import dev.drawbridge.host.RoomRegistry;
import dev.drawbridge.links.LinkObserver;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Duration;
import java.time.InstantSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.info.BuildProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The meters of a node. */
@Configuration(proxyBeanMethods = false)
class MetricsConfiguration {
    /** Longer than a scrape takes, shorter than the time between two. */
    private static final Duration SCRAPE = Duration.ofMillis(500);

    @Bean
    TidyNames tidyNames() {
        return new TidyNames();
    }

    @Bean
    HostObserver hostObserver(MeterRegistry registry) {
        return new MicrometerHostObserver(registry);
    }

    @Bean
    LinkObserver linkObserver(MeterRegistry registry) {
        return new MicrometerLinkObserver(registry);
    }

    @Bean
    MeterBinder censusMeters(RoomRegistry rooms, Census.Source source) {
        Memo<Census> census = new Memo<>(source::census, SCRAPE, System::nanoTime);
        return new CensusMeters(rooms, census);
    }

    @Bean
    LastHour lastHour(MeterRegistry registry, InstantSource clock) {
        return new LastHour(() -> Reading.of(registry), HostClock.of(clock));
    }

    @Bean
    LastHourLifecycle lastHourLifecycle(LastHour lastHour) {
        return new LastHourLifecycle(lastHour);
    }

    @Bean
    MeterBinder memoryMeters(NodeMemory memory) {
        return new MemoryMeters(memory);
    }

    @Bean
    AssetObserver assetObserver(MeterRegistry registry) {
        return new MicrometerAssetObserver(registry);
    }

    @Bean
    MeterBinder assetMeters(ObjectProvider<AssetStore> store, ObjectProvider<Uploads> uploads) {
        AssetStore kept = store.getIfAvailable();
        return kept == null ? registry -> {} : new AssetMeters(kept, uploads.getObject(), System::nanoTime);
    }

    @Bean
    HistoryObserver historyObserver(MeterRegistry registry) {
        return new MicrometerHistoryObserver(registry);
    }

    @Bean
    EventsObserver eventsObserver(MeterRegistry registry, WebhookObserver webhooks) {
        return new MicrometerEventsObserver(registry, webhooks);
    }

    @Bean
    MeterBinder eventMeters(ObjectProvider<Recorder> recorder) {
        Recorder used = recorder.getIfAvailable();
        return registry -> {
            if (used != null) {
                Gauge.builder("drawbridge.events.waiting", used, Recorder::waiting)
                        .description("Events that are not written down yet, rooms with changes to be told of included")
                        .register(registry);
            }
        };
    }

    @Bean
    WebhookObserver webhookObserver(MeterRegistry registry, InstantSource clock) {
        return new MicrometerWebhookObserver(registry, clock);
    }

    @Bean
    @McpWhenEnabled
    CallObserver callObserver(MeterRegistry registry) {
        return new MicrometerCallObserver(registry);
    }

    @Bean
    MeterBinder followMeters(ObjectProvider<Follower> follower) {
        Follower running = follower.getIfAvailable();
        return running == null ? registry -> {} : new FollowMeters(running);
    }

    @Bean
    RenditionObserver renditionObserver(MeterRegistry registry) {
        return new MicrometerRenditionObserver(registry);
    }

    @Bean
    MeterBinder buildMeters(ObjectProvider<BuildProperties> build) {
        return new BuildMeters(
                build.stream().map(BuildProperties::getVersion).findFirst().orElse("unknown"));
    }
}

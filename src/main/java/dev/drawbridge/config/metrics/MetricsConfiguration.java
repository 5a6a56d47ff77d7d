package dev.drawbridge.config.metrics;

import dev.drawbridge.assets.AssetObserver;
import dev.drawbridge.assets.AssetStore;
import dev.drawbridge.assets.Uploads;
import dev.drawbridge.assets.renditions.RenditionObserver;
import dev.drawbridge.history.HistoryObserver;
import dev.drawbridge.host.Census;
import dev.drawbridge.host.HostClock;
import dev.drawbridge.host.HostObserver;
import dev.drawbridge.host.NodeMemory;
import dev.drawbridge.host.RoomRegistry;
import dev.drawbridge.links.LinkObserver;
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
    RenditionObserver renditionObserver(MeterRegistry registry) {
        return new MicrometerRenditionObserver(registry);
    }

    @Bean
    MeterBinder buildMeters(ObjectProvider<BuildProperties> build) {
        return new BuildMeters(
                build.stream().map(BuildProperties::getVersion).findFirst().orElse("unknown"));
    }
}

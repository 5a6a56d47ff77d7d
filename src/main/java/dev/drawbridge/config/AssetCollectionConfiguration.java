package dev.drawbridge.config;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.drawbridge.assets.AssetStore;
import dev.drawbridge.assets.collection.AssetCollector;
import dev.drawbridge.assets.collection.RecentMentions;
import dev.drawbridge.assets.collection.RoomMentions;
import dev.drawbridge.store.RoomStore;
import java.time.InstantSource;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;

/** Puts together what finds assets that nothing refers to. */
@Configuration(proxyBeanMethods = false)
@Conditional(AssetsWhenChosen.class)
class AssetCollectionConfiguration {

    @Bean
    RecentMentions recentMentions(AssetStore assets) {
        return new RecentMentions(
                assets, task -> Thread.ofVirtual().name("touch").start(task), Ticker.systemTicker());
    }

    @Bean
    AssetCollector assetCollector(
            AssetStore assets,
            RoomStore rooms,
            RecentMentions recent,
            AssetCollectionProperties properties,
            InstantSource clock) {
        return new AssetCollector(
                assets,
                List.of(new RoomMentions(rooms, RoomMentions.Pause.OF_A_MOMENT)),
                recent,
                properties.after(),
                clock);
    }
}

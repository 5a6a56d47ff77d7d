package dev.drawbridge.config;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.drawbridge.assets.AssetStore;
import dev.drawbridge.assets.collection.AssetCollector;
import dev.drawbridge.assets.collection.Mentioning;
import dev.drawbridge.assets.collection.RecentMentions;
import dev.drawbridge.assets.collection.RoomMentions;
import dev.drawbridge.store.RoomStore;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;

/** Puts together what finds assets that nothing refers to. */
@Configuration(proxyBeanMethods = false)
@Conditional(AssetsWhenChosen.class)
class AssetCollectionConfiguration {

    private static final int TOUCHES_AT_ONCE = 4;
    private static final int TOUCHES_THAT_WAIT = 10_000;

    /** Whoever draws can have it do much: a few at a time, and no more than may wait. */
    @Bean
    RecentMentions recentMentions(AssetStore assets) {
        ThreadPoolExecutor executor = new ThreadPoolExecutor(
                TOUCHES_AT_ONCE,
                TOUCHES_AT_ONCE,
                1,
                TimeUnit.MINUTES,
                new LinkedBlockingQueue<>(TOUCHES_THAT_WAIT),
                Thread.ofVirtual().name("touch-", 0).factory(),
                new ThreadPoolExecutor.DiscardPolicy());
        executor.allowCoreThreadTimeOut(true);
        return new RecentMentions(assets, executor, Ticker.systemTicker());
    }

    /** @param others who may refer to assets beside the rooms */
    @Bean
    AssetCollector assetCollector(
            AssetStore assets,
            RoomStore rooms,
            RecentMentions recent,
            ObjectProvider<Mentioning> others,
            AssetCollectionProperties properties,
            InstantSource clock) {
        List<Mentioning> all = new ArrayList<>(others.orderedStream().toList());
        all.add(new RoomMentions(rooms, RoomMentions.Pause.OF_A_MOMENT));
        return new AssetCollector(assets, all, recent, properties.after(), clock);
    }
}

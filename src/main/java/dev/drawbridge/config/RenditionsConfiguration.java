package dev.drawbridge.config;

import dev.drawbridge.assets.AssetStore;
import dev.drawbridge.assets.renditions.Limits;
import dev.drawbridge.assets.renditions.RenditionObserver;
import dev.drawbridge.assets.renditions.Renditions;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;

/** Puts together what makes images smaller. */
@Configuration(proxyBeanMethods = false)
@Conditional(AssetsWhenChosen.class)
@ConditionalOnProperty(name = "drawbridge.assets.renditions.enabled", havingValue = "true", matchIfMissing = true)
class RenditionsConfiguration {
    private static final int PART_OF_HEAP = 8;

    @Bean
    Renditions renditions(AssetStore store, RenditionsProperties properties, RenditionObserver observer) {
        int atOnce = properties.atOnce(Runtime.getRuntime().availableProcessors());
        long bytes = Runtime.getRuntime().maxMemory() / PART_OF_HEAP / atOnce;
        return Renditions.of(
                store,
                properties.ladder(),
                new Limits(properties.maxPixels(), bytes, properties.timeout()),
                atOnce,
                System::nanoTime,
                observer);
    }
}

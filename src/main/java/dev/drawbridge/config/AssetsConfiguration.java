package dev.drawbridge.config;

import dev.drawbridge.assets.AssetObserver;
import dev.drawbridge.assets.AssetStore;
import dev.drawbridge.assets.AssetStoreException;
import dev.drawbridge.assets.Quotas;
import dev.drawbridge.assets.Recognition;
import dev.drawbridge.assets.Uploads;
import dev.drawbridge.assets.files.FilesAssetStore;
import dev.drawbridge.assets.s3.S3AssetStore;
import dev.drawbridge.s3.S3Settings;
import dev.drawbridge.s3.UnusableBucketException;
import java.time.Duration;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.util.unit.DataSize;

/** Puts together what keeps assets. */
@Configuration(proxyBeanMethods = false)
@Conditional(AssetsWhenChosen.class)
class AssetsConfiguration {
    private static final Logger log = LoggerFactory.getLogger(AssetsConfiguration.class);
    private static final DataSize MOST_OF_S3 = DataSize.ofGigabytes(5);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @Bean
    @ConditionalOnProperty(name = "drawbridge.assets.type", havingValue = "files", matchIfMissing = true)
    AssetStore filesAssetStore(AssetsProperties properties, StoreProperties rooms, InstantSource clock) {
        if (rooms.type() == StoreProperties.Type.REDIS) {
            log.warn(
                    "Assets are kept in {}: if there are several servers, all need that very folder, on a volume that they"
                            + " share (see docs/assets.md)",
                    properties.describe());
        }
        try {
            return FilesAssetStore.open(
                    properties.directory(), clock, properties.minFree().toBytes());
        } catch (AssetStoreException e) {
            throw new SettingException(
                    "drawbridge.assets.directory",
                    properties.directory().toString(),
                    "cannot be used: " + e.getMessage(),
                    "Name a folder that this server may write to, or set drawbridge.assets.type=none: then there are no"
                            + " uploads");
        }
    }

    @Bean
    @ConditionalOnProperty(name = "drawbridge.assets.type", havingValue = "s3")
    AssetStore s3AssetStore(AssetsProperties properties, InstantSource clock) {
        S3Settings settings = properties.s3().toSettings("drawbridge.assets.s3", "assets");
        requireThatTheLargestFits(properties);
        try {
            return S3AssetStore.open(
                    settings,
                    properties.s3().spoolFolder(),
                    properties.s3().spoolLimit().toBytes(),
                    clock);
        } catch (UnusableBucketException e) {
            throw new SettingException(
                    "drawbridge.assets.s3.bucket",
                    settings.bucket(),
                    "does not work: " + e.getMessage(),
                    "Make the bucket, and give this server credentials that may use it: docs/assets.md says which rights it"
                            + " needs. Or set drawbridge.assets.type=none: then there are no uploads");
        }
    }

    private static void requireThatTheLargestFits(AssetsProperties properties) {
        DataSize largest = properties.maxSize();
        if (largest.compareTo(MOST_OF_S3) > 0) {
            throw new SettingException(
                    "drawbridge.assets.max-size",
                    largest.toString(),
                    "is more than S3 takes at once",
                    "Set it to 5GB or less");
        }
        if (largest.compareTo(properties.s3().spoolLimit()) > 0) {
            throw new SettingException(
                    "drawbridge.assets.s3.spool-limit",
                    properties.s3().spoolLimit().toString(),
                    "is less than drawbridge.assets.max-size, " + largest + ": such an upload could never be taken in",
                    "Raise it, to a multiple of that, or lower max-size");
        }
    }

    @Bean
    Recognition recognition() {
        return new Recognition();
    }

    /** When the server is up: its start shall not wait for it, and neither the first upload. */
    @Bean
    ApplicationListener<ApplicationReadyEvent> recognitionIsPrepared(Recognition recognition) {
        return ready -> Thread.ofVirtual().name("recognition").start(recognition::prepare);
    }

    @Bean
    Quotas quotas(AssetStore store, AssetsProperties properties) {
        return new Quotas(
                store, properties.maxPerRoom().toBytes(), properties.maxTotal().toBytes(), System::nanoTime);
    }

    @Bean
    Uploads uploads(
            AssetStore store,
            Recognition recognition,
            Quotas quotas,
            AssetsProperties properties,
            AssetObserver observer) {
        return new Uploads(
                store,
                recognition,
                quotas,
                new Uploads.Rules(
                        properties.maxSize().toBytes(),
                        properties.mediaTypes(),
                        properties.concurrentUploads(),
                        PATIENCE,
                        properties.minSpeed().toBytes(),
                        properties.minSpeedAfter()),
                System::nanoTime,
                observer);
    }
}

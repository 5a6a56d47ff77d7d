package dev.drawbridge.config.history;

import dev.drawbridge.config.AssetsProperties;
import dev.drawbridge.config.HistoryProperties;
import dev.drawbridge.config.SettingException;
import dev.drawbridge.config.StoreProperties;
import dev.drawbridge.history.VersionStore;
import dev.drawbridge.history.VersionStoreException;
import dev.drawbridge.history.blobs.BlobVersionStore;
import dev.drawbridge.history.sqlite.SqliteVersionStore;
import dev.drawbridge.s3.S3Settings;
import dev.drawbridge.s3.UnusableBucketException;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Where versions are kept. */
@Configuration(proxyBeanMethods = false)
@HistoryWhenEnabled
class VersionStoreConfiguration {
    private static final Logger log = LoggerFactory.getLogger(VersionStoreConfiguration.class);

    private static final String OR_NONE = ", or set drawbridge.history.enabled=false: then rooms have no past";

    @Bean
    VersionStore versionStore(HistoryProperties properties, StoreProperties rooms, AssetsProperties assets) {
        return switch (properties.place(rooms.type())) {
            case DATABASE -> database(SqliteVersionStore.beside(rooms.sqlite().path()));
            case FOLDER -> folder(properties.directory(), rooms.type());
            case BUCKET -> bucket(properties.bucket(assets));
        };
    }

    private static VersionStore database(Path file) {
        try {
            return SqliteVersionStore.open(file);
        } catch (VersionStoreException e) {
            throw new SettingException(
                    "drawbridge.history.type",
                    "auto",
                    "does not work with the file " + file + ": " + e.getMessage(),
                    "Let this server write to that file" + OR_NONE);
        }
    }

    private static VersionStore folder(Path directory, StoreProperties.Type rooms) {
        if (rooms == StoreProperties.Type.REDIS) {
            log.warn(
                    "Versions are kept in {}: if there are several servers, all need that very folder, on a volume that"
                            + " they share (see docs/history.md)",
                    directory.toAbsolutePath().normalize());
        }
        try {
            return BlobVersionStore.inFiles(directory);
        } catch (VersionStoreException e) {
            throw new SettingException(
                    "drawbridge.history.directory",
                    directory.toString(),
                    "cannot be used: " + e.getMessage(),
                    "Name a folder that this server may write to" + OR_NONE);
        }
    }

    private static VersionStore bucket(S3Settings settings) {
        try {
            return BlobVersionStore.inS3(settings);
        } catch (UnusableBucketException e) {
            throw new SettingException(
                    "drawbridge.history.s3.bucket",
                    settings.bucket(),
                    "does not work: " + e.getMessage(),
                    "Make the bucket, and give this server credentials that may use it: docs/assets.md says which rights"
                            + " it needs" + OR_NONE);
        }
    }
}

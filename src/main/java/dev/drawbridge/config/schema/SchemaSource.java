package dev.drawbridge.config.schema;

import dev.drawbridge.config.SettingException;
import dev.drawbridge.schema.StoreSchema;

/** Where the schema comes from. It is asked at the start, and whenever the schema is to be reloaded. */
@FunctionalInterface
public interface SchemaSource {

    /**
     * The schema as the settings, and the files that they name, say now.
     *
     * @throws SettingException when there is something wrong with them
     */
    StoreSchema read();
}

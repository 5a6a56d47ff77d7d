package dev.drawbridge.config.schema;

import dev.drawbridge.config.MigratorProperties;
import dev.drawbridge.config.SchemaProperties;
import dev.drawbridge.host.RoomRegistry;
import dev.drawbridge.host.SchemaReload;
import dev.drawbridge.room.RoomLoader;
import dev.drawbridge.schema.CodeMigrator;
import dev.drawbridge.schema.CurrentSchema;
import dev.drawbridge.schema.tldraw.TldrawSchema;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Which schema rooms have. */
@Configuration(proxyBeanMethods = false)
public class SchemaConfiguration {

    @Bean
    CodeMigrator codeMigrator(MigratorProperties properties) {
        return properties.url() == null ? CodeMigrator.NONE : new HttpMigrator(properties);
    }

    @Bean
    SchemaSource schemaSource(SchemaProperties properties, CodeMigrator migrator) {
        UnknownTypesLog unknown = new UnknownTypesLog();
        return () -> {
            TldrawSchema.Builder schema = TldrawSchema.builder().codeMigrator(migrator);
            return switch (properties.unknownTypes()) {
                case REFUSE -> schema.build();
                case ACCEPT -> schema.acceptUnknownTypes(unknown).build();
            };
        };
    }

    @Bean
    CurrentSchema currentSchema(SchemaSource source) {
        return new CurrentSchema(source.read());
    }

    @Bean
    SchemaReload schemaReload(RoomRegistry registry, RoomLoader loader, CurrentSchema current) {
        return new SchemaReload(registry, loader, current);
    }
}

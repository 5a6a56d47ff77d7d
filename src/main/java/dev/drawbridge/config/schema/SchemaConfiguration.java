package dev.drawbridge.config.schema;

import dev.drawbridge.config.AuthorizerProperties;
import dev.drawbridge.config.MigratorProperties;
import dev.drawbridge.config.SchemaProperties;
import dev.drawbridge.config.SettingException;
import dev.drawbridge.host.HostObserver;
import dev.drawbridge.host.RecordAuthority;
import dev.drawbridge.host.RoomRegistry;
import dev.drawbridge.host.SchemaReload;
import dev.drawbridge.json.JsonString;
import dev.drawbridge.json.Quoted;
import dev.drawbridge.room.RoomLoader;
import dev.drawbridge.schema.CodeMigrator;
import dev.drawbridge.schema.CurrentSchema;
import dev.drawbridge.schema.RecordScope;
import dev.drawbridge.schema.StoreSchema;
import dev.drawbridge.schema.file.SchemaFileException;
import dev.drawbridge.schema.file.SchemaFiles;
import dev.drawbridge.schema.tldraw.Comments;
import dev.drawbridge.schema.tldraw.TldrawSchema;
import java.util.ArrayList;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Which schema rooms have. */
@Configuration(proxyBeanMethods = false)
public class SchemaConfiguration {

    @Bean
    CodeMigrator codeMigrator(MigratorProperties properties) {
        return properties.url() == null ? CodeMigrator.NONE : new HttpMigrator(properties);
    }

    /** What was forgotten or misspelled would let writes through about which somebody wants to decide. */
    @Bean
    RecordAuthority recordAuthority(AuthorizerProperties properties, CurrentSchema schema, HostObserver observer) {
        if (properties.url() == null && properties.types().isEmpty()) {
            return RecordAuthority.NONE;
        }
        if (properties.types().isEmpty()) {
            throw new SettingException(
                    "drawbridge.schema.authorizer.types",
                    null,
                    "is not set, though drawbridge.schema.authorizer.url is",
                    "Name the record types that your service decides about.");
        }
        for (String typeName : properties.types()) {
            if (schema.get().scopeOf(typeName).orElse(null) != RecordScope.DOCUMENT) {
                throw new SettingException(
                        "drawbridge.schema.authorizer.types",
                        String.join(",", properties.types()),
                        "names what there is not: " + Quoted.of(new JsonString(typeName)),
                        "Name record types that are described in drawbridge.schema.files, or tldraw's own.");
            }
        }
        return new HttpAuthority(properties, observer);
    }

    @Bean
    SchemaSource schemaSource(SchemaProperties properties, CodeMigrator migrator) {
        SchemaFileLoader files = new SchemaFileLoader(properties.files());
        UnknownTypesLog unknown = new UnknownTypesLog();
        return () -> {
            TldrawSchema.Builder tldraws = TldrawSchema.builder().codeMigrator(migrator);
            TldrawSchema.Builder schema =
                    switch (properties.unknownTypes()) {
                        case REFUSE -> tldraws;
                        case ACCEPT -> tldraws.acceptUnknownTypes(unknown);
                    };
            List<String> objectTypes = new ArrayList<>(properties.objectTypes());
            if (properties.comments()) {
                schema.comments();
                objectTypes.addAll(Comments.TYPE_NAMES);
            }
            try {
                return withObjectTypes(SchemaFiles.build(schema, files.load()), objectTypes);
            } catch (SchemaFileException e) {
                throw SchemaFileLoader.faulty(e);
            }
        };
    }

    private static StoreSchema withObjectTypes(StoreSchema schema, List<String> typeNames) {
        try {
            return schema.withObjectTypes(typeNames);
        } catch (IllegalArgumentException e) {
            throw new SettingException(
                    "drawbridge.schema.object-types",
                    null,
                    "names what there is not: " + e.getMessage(),
                    "Name record types that are described in drawbridge.schema.files, or tldraw's own.");
        }
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

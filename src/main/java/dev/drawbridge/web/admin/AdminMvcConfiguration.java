package dev.drawbridge.web.admin;

import dev.drawbridge.config.AdminProperties;
import dev.drawbridge.host.NodeMemory;
import dev.drawbridge.host.RoomCommands;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.converter.HttpMessageConverters;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Has the bodies of the admin API read and written by us, before Jackson is asked. */
@Configuration(proxyBeanMethods = false)
class AdminMvcConfiguration implements WebMvcConfigurer {
    private final AdminProperties properties;
    private final NodeMemory memory;
    private final RoomCommands rooms;

    AdminMvcConfiguration(AdminProperties properties, NodeMemory memory, RoomCommands rooms) {
        this.properties = properties;
        this.memory = memory;
        this.rooms = rooms;
    }

    @Override
    public void configureMessageConverters(HttpMessageConverters.ServerBuilder builder) {
        builder.addCustomConverter(new BodyReader(
                        properties.maxBodySize().toBytes(),
                        () -> Holding.whileRequestLasts(memory.imports()),
                        System::nanoTime))
                .addCustomConverter(new SnapshotWriter(rooms))
                .addCustomConverter(new RoomExportWriter());
    }
}

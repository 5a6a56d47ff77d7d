package dev.drawbridge.config.agents;

import dev.drawbridge.agents.AgentServices;
import dev.drawbridge.agents.AgentSettings;
import dev.drawbridge.agents.Agents;
import dev.drawbridge.config.McpProperties;
import dev.drawbridge.history.Versions;
import dev.drawbridge.host.Entrance;
import dev.drawbridge.host.HostClock;
import dev.drawbridge.host.NodeMemory;
import dev.drawbridge.host.RoomCommands;
import dev.drawbridge.schema.CurrentSchema;
import java.util.Optional;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts together what agents work with. */
@Configuration(proxyBeanMethods = false)
@McpWhenEnabled
class AgentsConfiguration {

    /** Closed by {@link AgentsLifecycle}, while rooms are still there. */
    @Bean(destroyMethod = "")
    Agents agents(
            Entrance entrance,
            RoomCommands rooms,
            Optional<Versions> versions,
            CurrentSchema schema,
            HostClock clock,
            NodeMemory memory,
            McpProperties properties) {
        AgentSettings usual = AgentSettings.DEFAULT;
        return new Agents(new AgentServices(
                entrance,
                rooms,
                versions,
                schema,
                clock,
                memory.imports(),
                task -> Thread.ofVirtual().name("agent").start(task),
                new AgentSettings(
                        usual.mostPlaces(),
                        usual.mostRooms(),
                        usual.mostBytes(),
                        usual.idleAfter(),
                        properties.timeout())));
    }
}

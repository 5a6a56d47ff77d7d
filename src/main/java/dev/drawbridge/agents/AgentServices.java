package dev.drawbridge.agents;

import dev.drawbridge.history.Versions;
import dev.drawbridge.host.ByteBudget;
import dev.drawbridge.host.Entrance;
import dev.drawbridge.host.HostClock;
import dev.drawbridge.host.RoomCommands;
import dev.drawbridge.schema.StoreSchema;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * What agents need of the node.
 *
 * @param entrance how they come into rooms
 * @param rooms how they know a room's clock, and what became of a change
 * @param versions makes a version before an agent's first change; empty where rooms have no past
 * @param schema what they say, and look at records with
 * @param memory of which they borrow what they say
 * @param background runs what may wait: a virtual thread each
 */
public record AgentServices(
        Entrance entrance,
        RoomCommands rooms,
        Optional<Versions> versions,
        Supplier<StoreSchema> schema,
        HostClock clock,
        ByteBudget memory,
        Executor background,
        AgentSettings settings) {}

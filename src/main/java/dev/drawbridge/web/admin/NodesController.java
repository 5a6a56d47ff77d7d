package dev.drawbridge.web.admin;

import dev.drawbridge.config.ServerVersion;
import dev.drawbridge.config.StoreProperties;
import dev.drawbridge.host.Census;
import dev.drawbridge.host.HostState;
import dev.drawbridge.host.NodeIdentity;
import dev.drawbridge.host.RoomRegistry;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping(produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Nodes", description = "The servers and what is going on there.")
class NodesController {
    private final RoomRegistry registry;
    private final NodeIdentity node;
    private final InstantSource clock;
    private final ServerVersion version;
    private final StoreProperties store;

    NodesController(
            RoomRegistry registry,
            NodeIdentity node,
            InstantSource clock,
            ServerVersion version,
            StoreProperties store) {
        this.registry = registry;
        this.node = node;
        this.clock = clock;
        this.version = version;
        this.store = store;
    }

    @GetMapping(AdminApi.ROOT + "/nodes")
    @Operation(operationId = "listNodes", summary = "List the nodes")
    NodesBody nodes() {
        Census census = registry.census();
        return new NodesBody(List.of(new NodesBody.Node(
                node.id(),
                registry.isDraining() ? "draining" : "accepting",
                node.startedAt(),
                version.text(),
                census.rooms().values().stream().mapToInt(Integer::intValue).sum(),
                census.editors() + census.viewers(),
                census.connections())));
    }

    @GetMapping(AdminApi.ROOT + "/stats")
    @Operation(
            operationId = "getStats",
            summary = "Count what is going on",
            description = "At the node that answers. The metrics tell more.")
    StatsBody stats() {
        Census census = registry.census();
        return new StatsBody(
                node.id(),
                version.text(),
                Duration.between(node.startedAt(), clock.instant()).toSeconds(),
                store.type().name().toLowerCase(Locale.ROOT),
                byState(census),
                new StatsBody.Sessions(census.editors(), census.viewers()),
                census.connections(),
                census.outboxBytes());
    }

    private static Map<String, Integer> byState(Census census) {
        Map<String, Integer> rooms = new LinkedHashMap<>();
        for (HostState state : HostState.values()) {
            rooms.put(state.name().toLowerCase(Locale.ROOT), census.rooms().getOrDefault(state, 0));
        }
        return rooms;
    }
}

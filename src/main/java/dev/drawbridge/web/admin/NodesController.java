package dev.drawbridge.web.admin;

import dev.drawbridge.cluster.Cluster;
import dev.drawbridge.cluster.NodeCard;
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
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
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
    private final Census.Source counted;
    private final Optional<Cluster> cluster;

    NodesController(
            RoomRegistry registry,
            NodeIdentity node,
            InstantSource clock,
            ServerVersion version,
            StoreProperties store,
            Census.Source counted,
            Optional<Cluster> cluster) {
        this.registry = registry;
        this.node = node;
        this.clock = clock;
        this.version = version;
        this.store = store;
        this.counted = counted;
        this.cluster = cluster;
    }

    @GetMapping(AdminApi.ROOT + "/nodes")
    @Operation(
            operationId = "listNodes",
            summary = "List the nodes",
            description =
                    "All of a cluster, in the order of their ids: the one that answers as it is, the others as they"
                            + " have said with their last heartbeat.")
    NodesBody nodes() {
        return cluster.map(NodesController::all).orElseGet(() -> new NodesBody(List.of(alone())));
    }

    private static NodesBody all(Cluster cluster) {
        return new NodesBody(Stream.concat(Stream.of(cluster.card()), cluster.nodes().others().stream())
                .sorted(Comparator.comparing(NodeCard::nodeId))
                .map(NodesController::node)
                .toList());
    }

    private static NodesBody.Node node(NodeCard card) {
        return new NodesBody.Node(
                card.nodeId(),
                card.draining() ? "draining" : "accepting",
                card.started(),
                card.version(),
                card.rooms(),
                card.sessions(),
                card.connections(),
                card.relayed(),
                Math.round(card.load() * 1000) / 1000.0,
                AdminApi.authority(card.host(), card.port()),
                card.links());
    }

    private NodesBody.Node alone() {
        Census census = counted.census();
        return new NodesBody.Node(
                node.id(),
                registry.isDraining() ? "draining" : "accepting",
                node.startedAt(),
                version.text(),
                census.rooms().values().stream().mapToInt(Integer::intValue).sum(),
                census.editors() + census.viewers(),
                census.connections(),
                null,
                null,
                null,
                null);
    }

    @GetMapping(AdminApi.ROOT + "/stats")
    @Operation(
            operationId = "getStats",
            summary = "Count what is going on",
            description = "At the node that answers. The metrics tell more.")
    StatsBody stats() {
        Census census = counted.census();
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

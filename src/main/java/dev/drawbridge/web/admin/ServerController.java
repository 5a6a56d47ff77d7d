package dev.drawbridge.web.admin;

import dev.drawbridge.config.AssetsProperties;
import dev.drawbridge.config.ServerVersion;
import dev.drawbridge.config.SettingsInForce;
import dev.drawbridge.config.StoreProperties;
import dev.drawbridge.config.health.HealthReport;
import dev.drawbridge.config.metrics.HourReport;
import dev.drawbridge.config.metrics.LastHour;
import dev.drawbridge.history.VersionStore;
import dev.drawbridge.history.VersionStoreException;
import dev.drawbridge.host.Census;
import dev.drawbridge.host.NodeIdentity;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping(produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Server", description = "The server that answers: how it is, how it is set up, what was done to it.")
class ServerController {
    private static final Logger log = LoggerFactory.getLogger(ServerController.class);

    private final NodeIdentity node;
    private final ServerVersion version;
    private final Census.Source counted;
    private final StoreProperties store;
    private final AssetsProperties assets;
    private final Optional<VersionStore> versions;
    private final LastHour lastHour;
    private final HealthReport health;
    private final SettingsInForce settings;

    /** @param versions empty where no versions are kept */
    ServerController(
            NodeIdentity node,
            ServerVersion version,
            Census.Source counted,
            StoreProperties store,
            AssetsProperties assets,
            Optional<VersionStore> versions,
            LastHour lastHour,
            HealthReport health,
            SettingsInForce settings) {
        this.node = node;
        this.version = version;
        this.counted = counted;
        this.store = store;
        this.assets = assets;
        this.versions = versions;
        this.lastHour = lastHour;
        this.health = health;
        this.settings = settings;
    }

    @GetMapping(AdminApi.ROOT + "/server")
    @Operation(
            operationId = "getServer",
            summary = "Describe the server",
            description = "The node that answers: what has gone on there in the last hour, whether it is well and what"
                    + " helps if not, and its settings. No secret is in it. The console shows this.")
    ServerBody server() {
        Census census = counted.census();
        HourReport hour = lastHour.report();
        return new ServerBody(
                node(),
                census.rooms().values().stream().mapToInt(Integer::intValue).sum(),
                census.editors() + census.viewers(),
                census.connections(),
                new ServerBody.Store(word(store.type()), store.describe()),
                new ServerBody.Assets(word(assets.type())),
                history(),
                ServerBody.Hour.of(hour),
                ServerBody.Refusal.of(hour),
                ServerBody.LimitHit.of(hour),
                ServerBody.Health.of(health.report()),
                settings.list().stream().map(ServerBody.SettingBody::of).toList());
    }

    private ServerBody.Node node() {
        Runtime runtime = Runtime.getRuntime();
        return new ServerBody.Node(
                node.id(),
                version.text(),
                node.startedAt(),
                Runtime.version().toString(),
                runtime.maxMemory(),
                runtime.availableProcessors());
    }

    private ServerBody.History history() {
        if (versions.isEmpty()) {
            return new ServerBody.History(false, 0L, 0L);
        }
        try {
            VersionStore.Usage usage = versions.get().usage();
            return new ServerBody.History(true, usage.versions(), usage.bytes());
        } catch (VersionStoreException e) {
            log.warn("It cannot be told how many versions there are", e);
            return new ServerBody.History(true, null, null);
        }
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}

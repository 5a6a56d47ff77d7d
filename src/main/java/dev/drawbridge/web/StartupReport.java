package dev.drawbridge.web;

import dev.drawbridge.config.AdminProperties;
import dev.drawbridge.config.AssetsProperties;
import dev.drawbridge.config.ConsoleProperties;
import dev.drawbridge.config.McpProperties;
import dev.drawbridge.config.StoreProperties;
import dev.drawbridge.config.WhiteboardProperties;
import dev.drawbridge.history.VersionStore;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.web.server.Ssl;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.context.event.EventListener;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/** Says, once the server is up, where it is and where it keeps what it is given. */
@Component
class StartupReport {
    private static final Logger log = LoggerFactory.getLogger(StartupReport.class);

    private final Environment environment;
    private final ServerProperties server;
    private final StoreProperties store;
    private final WhiteboardProperties whiteboard;
    private final AssetsProperties assets;
    private final ConsoleProperties console;
    private final AdminProperties admin;
    private final McpProperties agents;
    private final Optional<VersionStore> versions;

    StartupReport(
            Environment environment,
            ServerProperties server,
            StoreProperties store,
            WhiteboardProperties whiteboard,
            AssetsProperties assets,
            ConsoleProperties console,
            AdminProperties admin,
            McpProperties agents,
            Optional<VersionStore> versions) {
        this.environment = environment;
        this.server = server;
        this.store = store;
        this.whiteboard = whiteboard;
        this.assets = assets;
        this.console = console;
        this.admin = admin;
        this.agents = agents;
        this.versions = versions;
    }

    @EventListener(ApplicationReadyEvent.class)
    void report() {
        String host = environment.getProperty("server.address", "localhost") + ":"
                + environment.getProperty("local.server.port");
        String secure = Ssl.isEnabled(server.getSsl()) ? "s" : "";
        log.info("Rooms are kept in {}", store.describe());
        log.info("Rooms are joined at ws{}://{}{}<room>", secure, host, JoinRequest.PATH);
        if (assets.type() != AssetsProperties.Type.NONE) {
            log.info("Images and videos are kept in {}", assets.describe());
        }
        versions.ifPresent(store -> log.info("Versions of rooms are kept in {}", store.describe()));
        if (whiteboard.enabled()) {
            log.info("Draw at http{}://{}/", secure, host);
        }
        if (console.enabled() && admin.enabled()) {
            log.info("Operate the server at http{}://{}/console", secure, host);
        }
        if (agents.enabled()) {
            log.info("Agents are let in at http{}://{}/mcp", secure, host);
        }
    }
}

package dev.drawbridge.web;

import dev.drawbridge.config.StoreProperties;
import dev.drawbridge.config.WhiteboardProperties;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/** Says, once the server is up, where it is and where it keeps what it is given. */
@Component
class StartupReport {
    private static final Logger log = LoggerFactory.getLogger(StartupReport.class);

    private final Environment environment;
    private final StoreProperties store;
    private final WhiteboardProperties whiteboard;

    StartupReport(Environment environment, StoreProperties store, WhiteboardProperties whiteboard) {
        this.environment = environment;
        this.store = store;
        this.whiteboard = whiteboard;
    }

    @EventListener(ApplicationReadyEvent.class)
    void report() {
        String host = environment.getProperty("server.address", "localhost") + ":"
                + environment.getProperty("local.server.port");
        log.info("Rooms are kept in {}", store.describe());
        log.info("Rooms are joined at ws://{}{}<room>", host, JoinRequest.PATH);
        if (whiteboard.enabled()) {
            log.info("Draw at http://{}/", host);
        }
    }
}

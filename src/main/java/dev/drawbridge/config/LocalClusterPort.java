package dev.drawbridge.config;

import org.springframework.stereotype.Component;

/** On which port links are accepted; 0 before they are. */
@Component
class LocalClusterPort {
    private volatile int port;

    void is(int bound) {
        port = bound;
    }

    int port() {
        return port;
    }
}

package dev.drawbridge.config.health;

import dev.drawbridge.config.StoreProperties;
import java.util.Optional;

/** What helps when something is not well, in a sentence. */
final class WhatToDo {
    private final StoreProperties.Type store;

    WhatToDo(StoreProperties.Type store) {
        this.store = store;
    }

    /** @param name a health component that is not up */
    Optional<String> about(String name) {
        return switch (name) {
            case "store" -> Optional.of(aboutStore());
            case "rooms", "readinessState" ->
                Optional.of(
                        "The server is being stopped or has not started to the end: clients come back by themselves,"
                                + " and if it stays so, its log says what it waits for.");
            case "livenessState" ->
                Optional.of("The server cannot recover by itself: look for errors in its log, and start it anew.");
            case "history" ->
                Optional.of("Rooms work, but no versions of them are made: see whether the disk or the bucket that"
                        + " drawbridge.history.* names is full or cannot be reached; the log says what went wrong.");
            case "webhooks" ->
                Optional.of(
                        "Rooms work, but a receiver of their events does not take them: see whether it is up, and what"
                                + " POST /admin/v1/webhooks/{name}/test tells of it. One that is suspended is sent to again after"
                                + " POST /admin/v1/webhooks/{name}/resume.");
            default -> Optional.empty();
        };
    }

    private String aboutStore() {
        return switch (store) {
            case SQLITE ->
                "See whether the disk of drawbridge.store.sqlite.path is full, slow or read-only, and whether another"
                        + " server has the file open; the log says what went wrong.";
            case REDIS ->
                "See whether the Redis of spring.data.redis.* is up, can be reached from here, and has memory left;"
                        + " the log says what went wrong.";
        };
    }
}

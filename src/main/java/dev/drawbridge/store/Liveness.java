package dev.drawbridge.store;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Tells whether a node that is named as an owner is alive. */
@FunctionalInterface
public interface Liveness {

    /** For a node that has the store for itself: whoever else is named as an owner has gone. */
    Liveness ALONE = nodeId -> CompletableFuture.completedStage(false);

    CompletionStage<Boolean> isAlive(String nodeId);
}

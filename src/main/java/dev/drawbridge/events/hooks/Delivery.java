package dev.drawbridge.events.hooks;

import java.util.concurrent.CompletionStage;

/** Brings letters. */
@FunctionalInterface
public interface Delivery {

    /** Brings one, once. It never waits and never fails, and always ends, little later than the webhook's timeout. */
    CompletionStage<Attempt> bring(Letter letter);
}

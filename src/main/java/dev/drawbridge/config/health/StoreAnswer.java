package dev.drawbridge.config.health;

import java.time.Duration;
import java.time.Instant;

/** How the store took it when it was last asked whether it can do its work. */
sealed interface StoreAnswer {

    /**
     * It can.
     *
     * @param since when it first said so without a failure in between
     */
    record Ready(Duration latency, Instant since) implements StoreAnswer {}

    /**
     * It cannot, or said nothing in time.
     *
     * @param why in our own words: what a store says may name things that are nobody's business
     * @param since when it first failed without a success in between
     */
    record Failing(String why, Instant since) implements StoreAnswer {}
}

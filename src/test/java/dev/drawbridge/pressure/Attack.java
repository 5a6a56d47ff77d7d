package dev.drawbridge.pressure;

/** Something that clients do to the server, and what they must be answered. It leaves the canaries' room alone. */
interface Attack {
    /** Begins what takes long and goes on while others attack. */
    default void begin(Target target) throws Exception {
        // most have nothing of the kind
    }

    /** Attacks, and judges the answers. What it opens by its target is closed when it is over. */
    void run(Target target) throws Exception;
}

package dev.drawbridge.pressure;

/** Something that clients do to the server, and what they must be answered. It leaves the canaries' room alone. */
@FunctionalInterface
interface Attack {
    /** Attacks, and judges the answers. What it opens by its target is closed when it is over. */
    void run(Target target) throws Exception;
}

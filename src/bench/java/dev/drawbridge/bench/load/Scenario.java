package dev.drawbridge.bench.load;

import java.io.IOException;
import java.util.List;

/** A load, and what of it is measured. */
interface Scenario {

    /** Runs it once, with that many of whatever it is about. */
    Figures run(Run run) throws IOException;

    /** How many, when nothing is said. */
    int usual();

    /** The figures by which two servers are compared. */
    List<String> compared();

    /** Whether it starts the server itself, and cannot be run against one that is there. */
    default boolean startsServer() {
        return false;
    }
}

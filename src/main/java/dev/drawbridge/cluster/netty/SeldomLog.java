package dev.drawbridge.cluster.netty;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;

/** Warns of the same thing once a minute, and says then how often it has not. */
final class SeldomLog {
    private static final long PAUSE_NANOS = TimeUnit.MINUTES.toNanos(1);

    private final Logger log;
    private final LongSupplier nanos;
    /** By what is said, which is one of a few sentences. */
    private final Map<String, Said> said = new HashMap<>();

    private record Said(long at, long keptBack) {}

    SeldomLog(Logger log, LongSupplier nanos) {
        this.log = log;
        this.nanos = nanos;
    }

    /** @param sentence as a logger takes it, with its blanks; never made up of what a stranger says */
    synchronized void warn(String sentence, Object... blanks) {
        long now = nanos.getAsLong();
        Said before = said.get(sentence);
        if (before != null && now - before.at < PAUSE_NANOS) {
            said.put(sentence, new Said(before.at, before.keptBack + 1));
            return;
        }
        said.put(sentence, new Said(now, 0));
        log.warn(sentence, blanks);
        if (before != null && before.keptBack > 0) {
            log.warn("the same {} times more in between", before.keptBack);
        }
    }
}

package dev.drawbridge.web.admin;

import dev.drawbridge.host.LogFields;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.springframework.stereotype.Component;

/**
 * What operators have changed at this node, by this API or as agents: the last of it to be looked at, all of it as lines of the log. Who was
 * not let in is not in it, or strangers could push out what operators have done; they are counted and logged elsewhere. What
 * is kept of each is of bounded size, and holds neither a body nor a query nor a token.
 */
@Component
public class Audit {
    static final int KEPT = 1_000;

    private static final Logger log = LoggerFactory.getLogger("dev.drawbridge.audit");

    private final Deque<Entry> last = new ArrayDeque<>(KEPT);

    /**
     * A request that was to change something.
     *
     * @param path as it was sent, cut short, fit for a line of the log
     * @param room the room that it was about, or that was made by it
     * @param status of its answer, which tells whether anything was changed
     */
    public record Entry(Instant time, String method, String path, Optional<String> room, int status, String address) {}

    public void add(Entry entry) {
        synchronized (last) {
            if (last.size() == KEPT) {
                last.removeLast();
            }
            last.addFirst(entry);
        }
        try (var _ = MDC.putCloseable(LogFields.ROOM, entry.room().orElse(null))) {
            log.atInfo()
                    .addKeyValue("method", entry.method())
                    .addKeyValue("path", entry.path())
                    .addKeyValue("status", entry.status())
                    .addKeyValue("address", entry.address())
                    .log("{} {}: {}, by {}", entry.method(), entry.path(), entry.status(), entry.address());
        }
    }

    /** The newest first. */
    List<Entry> last(int limit) {
        synchronized (last) {
            return last.stream().limit(limit).toList();
        }
    }
}

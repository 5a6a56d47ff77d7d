package dev.drawbridge.config;

import dev.drawbridge.json.JsonObject;
import dev.drawbridge.json.Quoted;
import dev.drawbridge.room.Author;
import dev.drawbridge.room.RecordAuthorizer;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One that is not ours: when it fails, the room refuses the write, and the log says why, once. */
final class LoggedAuthorizer implements RecordAuthorizer {
    private static final Logger log = LoggerFactory.getLogger(LoggedAuthorizer.class);

    private final RecordAuthorizer authorizer;
    private final Set<String> typeNames;
    private final AtomicBoolean hasFailed = new AtomicBoolean();

    LoggedAuthorizer(RecordAuthorizer authorizer) {
        this.authorizer = authorizer;
        this.typeNames = Set.copyOf(authorizer.typeNames());
    }

    @Override
    public Set<String> typeNames() {
        return typeNames;
    }

    @Override
    public Optional<JsonObject> create(Author author, JsonObject record) {
        return logged(author, record, () -> authorizer.create(author, record));
    }

    @Override
    public boolean mayUpdate(Author author, JsonObject before, JsonObject after) {
        return logged(author, after, () -> authorizer.mayUpdate(author, before, after));
    }

    @Override
    public boolean mayDelete(Author author, JsonObject record) {
        return logged(author, record, () -> authorizer.mayDelete(author, record));
    }

    private <T> T logged(Author author, JsonObject record, Supplier<T> decision) {
        try {
            return decision.get();
        } catch (RuntimeException e) {
            if (hasFailed.compareAndSet(false, true)) {
                log.error(
                        "{} failed for the record {} of session {}: the write is refused, as all will be for which it fails,"
                                + " without being logged",
                        authorizer.getClass().getName(),
                        Quoted.of(record.get("id")),
                        Quoted.bare(author.sessionId()),
                        e);
            }
            throw e;
        }
    }
}

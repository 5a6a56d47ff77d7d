package dev.drawbridge.room.comments;

import dev.drawbridge.json.JsonObject;
import dev.drawbridge.json.JsonValue;
import dev.drawbridge.room.Author;
import dev.drawbridge.room.RecordAuthorizer;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A thread is of who has begun it. Whoever may write comments may resolve it, in their own name, and open it again. */
final class ThreadRules implements RecordAuthorizer {
    private static final Owner OWNER = new Owner("createdBy");
    private static final String RESOLVED = "resolved";
    private static final Set<String> FIXED = Set.of("id", "typeName", "createdBy", "createdAt");

    @Override
    public Set<String> typeNames() {
        return Set.of("comment-thread");
    }

    @Override
    public Optional<JsonObject> create(Author author, JsonObject thread) {
        return OWNER.named(author, thread)
                .filter(named -> !Deletion.isDone(named) && isResolvedBy(author, named.get(RESOLVED)));
    }

    @Override
    public boolean mayUpdate(Author author, JsonObject before, JsonObject after) {
        if (Owner.user(author).isEmpty() || Deletion.isDone(before)) {
            return false;
        }
        Set<String> changed = Members.changed(before, after);
        if (!Collections.disjoint(changed, FIXED)) {
            return false;
        }
        if (changed.remove(RESOLVED) && !isResolvedBy(author, after.get(RESOLVED))) {
            return false;
        }
        return changed.isEmpty() || OWNER.is(author, before);
    }

    /** Whether it is open, or says that the author has resolved it. What is neither is for validation to refuse. */
    private static boolean isResolvedBy(Author author, @Nullable JsonValue resolved) {
        return !(resolved instanceof JsonObject by) || Owner.isNamed(author, by.string("by"));
    }

    @Override
    public boolean mayDelete(Author author, JsonObject thread) {
        return false;
    }
}

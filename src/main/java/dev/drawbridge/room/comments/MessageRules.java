package dev.drawbridge.room.comments;

import dev.drawbridge.json.JsonNumber;
import dev.drawbridge.json.JsonObject;
import dev.drawbridge.room.Author;
import dev.drawbridge.room.RecordAuthorizer;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;

/** A comment is of who has written it, and stays in its thread. */
final class MessageRules implements RecordAuthorizer {
    private static final Owner OWNER = new Owner("authorId");
    private static final Set<String> FIXED = Set.of("id", "typeName", "threadId", "authorId", "createdAt");

    @Override
    public Set<String> typeNames() {
        return Set.of("comment");
    }

    @Override
    public Optional<JsonObject> create(Author author, JsonObject comment) {
        return OWNER.named(author, comment)
                .filter(named -> !Deletion.isDone(named) && !(named.get("editedAt") instanceof JsonNumber));
    }

    @Override
    public boolean mayUpdate(Author author, JsonObject before, JsonObject after) {
        return OWNER.is(author, before)
                && !Deletion.isDone(before)
                && Collections.disjoint(Members.changed(before, after), FIXED);
    }

    @Override
    public boolean mayDelete(Author author, JsonObject comment) {
        return false;
    }
}

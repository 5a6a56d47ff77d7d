package dev.drawbridge.room.comments;

import dev.drawbridge.json.JsonObject;
import dev.drawbridge.room.Author;
import dev.drawbridge.room.RecordAuthorizer;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;

/** Somebody reacts to a comment with a sign at most once: the record's id says to what, who and with which. */
final class ReactionRules implements RecordAuthorizer {
    private static final Owner OWNER = new Owner("userId");
    private static final Set<String> FIXED = Set.of("id", "typeName", "commentId", "threadId", "userId", "emoji");

    @Override
    public Set<String> typeNames() {
        return Set.of("comment-reaction");
    }

    @Override
    public Optional<JsonObject> create(Author author, JsonObject reaction) {
        return OWNER.named(author, reaction)
                .filter(named -> ReactionId.of(named).equals(Optional.ofNullable(named.string("id"))));
    }

    @Override
    public boolean mayUpdate(Author author, JsonObject before, JsonObject after) {
        return OWNER.is(author, before) && Collections.disjoint(Members.changed(before, after), FIXED);
    }

    /** It is taken back. */
    @Override
    public boolean mayDelete(Author author, JsonObject reaction) {
        return OWNER.is(author, reaction);
    }
}

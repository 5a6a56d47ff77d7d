package dev.drawbridge.room.comments;

import dev.drawbridge.json.JsonObject;
import dev.drawbridge.json.JsonString;
import dev.drawbridge.room.Author;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The member of a record that says whose it is. */
record Owner(String member) {

    /** The record as that of who makes it; empty when that is nobody. */
    Optional<JsonObject> named(Author author, JsonObject record) {
        return user(author).map(user -> record.with(member, new JsonString(user)));
    }

    boolean is(Author author, JsonObject record) {
        return isNamed(author, record.string(member));
    }

    /** Whether that is the author's own name. */
    static boolean isNamed(Author author, @Nullable String user) {
        return user(author).filter(own -> own.equals(user)).isPresent();
    }

    /** Who somebody is; empty when that is not known. A name without a letter would be that of all guests together. */
    static Optional<String> user(Author author) {
        return author.userId().filter(user -> !user.isEmpty());
    }
}

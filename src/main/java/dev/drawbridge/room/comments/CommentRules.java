package dev.drawbridge.room.comments;

import dev.drawbridge.room.RecordAuthorizer;
import java.util.List;

/**
 * The rules of tldraw's comments, as the types leave it to a server to enforce them. Nobody anonymous writes any; whoever
 * makes one is named by the server; only they change it; threads and comments are deleted by a flag that is set once.
 */
public final class CommentRules {

    private CommentRules() {}

    /** Who decides about threads, comments and reactions. */
    public static List<RecordAuthorizer> all() {
        return List.of(new ThreadRules(), new MessageRules(), new ReactionRules());
    }
}

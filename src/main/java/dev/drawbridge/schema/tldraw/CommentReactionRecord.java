package dev.drawbridge.schema.tldraw;

import static dev.drawbridge.schema.Edit.nothing;
import static dev.drawbridge.schema.Field.field;
import static dev.drawbridge.schema.Validators.id;
import static dev.drawbridge.schema.Validators.jsonValue;
import static dev.drawbridge.schema.Validators.literal;
import static dev.drawbridge.schema.Validators.number;
import static dev.drawbridge.schema.Validators.object;
import static dev.drawbridge.schema.Validators.string;
import static dev.drawbridge.schema.Version.version;

import dev.drawbridge.json.JsonString;
import dev.drawbridge.schema.RecordScope;
import dev.drawbridge.schema.RecordType;
import dev.drawbridge.schema.Validator;

/** What somebody makes of a comment, in one sign. */
final class CommentReactionRecord {
    /** It is a part of the record's id. */
    private static final int LONGEST_EMOJI = 64;

    private static final Validator EMOJI = Validator.of(
            "a text of 1 to " + LONGEST_EMOJI + " characters",
            value -> value instanceof JsonString(String text) && !text.isEmpty() && text.length() <= LONGEST_EMOJI);

    static final RecordType TYPE = RecordType.of(
            "comment-reaction",
            RecordScope.DOCUMENT,
            object(
                    field("typeName", literal("comment-reaction")),
                    field("id", id("comment-reaction")),
                    field("commentId", id("comment")),
                    field("threadId", id("comment-thread")),
                    field("pageId", id("page")),
                    field("userId", string()),
                    field("emoji", EMOJI),
                    field("createdAt", number()),
                    field("meta", jsonValue())),
            // As with conversations.
            version(1, "Initial", nothing()));

    private CommentReactionRecord() {}
}

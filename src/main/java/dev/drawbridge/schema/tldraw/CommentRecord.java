package dev.drawbridge.schema.tldraw;

import static dev.drawbridge.schema.Edit.nothing;
import static dev.drawbridge.schema.Field.field;
import static dev.drawbridge.schema.Validators.bool;
import static dev.drawbridge.schema.Validators.id;
import static dev.drawbridge.schema.Validators.jsonValue;
import static dev.drawbridge.schema.Validators.literal;
import static dev.drawbridge.schema.Validators.number;
import static dev.drawbridge.schema.Validators.object;
import static dev.drawbridge.schema.Validators.string;
import static dev.drawbridge.schema.Version.version;

import dev.drawbridge.schema.RecordScope;
import dev.drawbridge.schema.RecordType;

/** What somebody says in a conversation. */
final class CommentRecord {
    static final RecordType TYPE = RecordType.of(
            "comment",
            RecordScope.DOCUMENT,
            object(
                    field("typeName", literal("comment")),
                    field("id", id("comment")),
                    field("threadId", id("comment-thread")),
                    field("pageId", id("page")),
                    field("authorId", string()),
                    field("createdAt", number()),
                    field("editedAt", number().nullable()),
                    field("body", RichText.VALIDATOR),
                    field("isDeleted", bool()),
                    field("meta", jsonValue())),
            // As with conversations.
            version(1, "Initial", nothing()));

    private CommentRecord() {}
}

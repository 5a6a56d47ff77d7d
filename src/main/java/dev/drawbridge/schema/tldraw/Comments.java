package dev.drawbridge.schema.tldraw;

import dev.drawbridge.schema.RecordType;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The record types of tldraw's comments. They are not part of its default schema: clients register them, too. */
public final class Comments {
    static final List<RecordType> TYPES =
            List.of(CommentThreadRecord.TYPE, CommentRecord.TYPE, CommentReactionRecord.TYPE);

    /** Their names. */
    public static final Set<String> TYPE_NAMES =
            TYPES.stream().map(RecordType::typeName).collect(Collectors.toUnmodifiableSet());

    private Comments() {}
}

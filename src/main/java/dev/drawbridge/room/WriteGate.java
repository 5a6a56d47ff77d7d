package dev.drawbridge.room;

import dev.drawbridge.json.JsonObject;
import dev.drawbridge.protocol.ObjectAccess;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whether a session may make a change (§12.2): its rights say so for the document and for the object lane, and for records
 * of some types somebody else does. What may not be done is passed over, and is not an offence.
 */
final class WriteGate {
    private final Set<String> objectTypes;
    private final RecordAuthorizers authorizers;
    private final Author author;

    WriteGate(Set<String> objectTypes, RecordAuthorizers authorizers, Author author) {
        this.objectTypes = objectTypes;
        this.authorizers = authorizers;
        this.author = author;
    }

    /** Whether there is anything that may be written. Readers push junk all the time: nobody looks at it (§21.6). */
    boolean isOpen() {
        return !author.rights().readonly() || (mayWriteObjects() && !objectTypes.isEmpty());
    }

    /** Whether there is nothing that it may not do: then records need not be looked at. */
    boolean isWide() {
        return author.rights().equals(Rights.EDITOR) && authorizers.isEmpty();
    }

    /** Whether records of a type may be written, as far as that is a matter of rights. */
    boolean mayWrite(@Nullable String typeName) {
        boolean isObject = typeName != null && objectTypes.contains(typeName);
        return isObject ? mayWriteObjects() : !author.rights().readonly();
    }

    private boolean mayWriteObjects() {
        return author.rights().objects() == ObjectAccess.WRITE;
    }

    /** A change as it may be made, if it may be. */
    Optional<JsonObject> authorized(@Nullable JsonObject before, JsonObject after) {
        Optional<RecordAuthorizer> authorizer = authorizer(after);
        if (authorizer.isEmpty()) {
            return Optional.of(after);
        }
        try {
            if (before == null) {
                return authorizer.get().create(author, after);
            }
            return authorizer.get().mayUpdate(author, before, after) ? Optional.of(after) : Optional.empty();
        } catch (RuntimeException e) {
            return Optional.empty(); // one that does not know must not let anything through
        }
    }

    boolean mayDelete(JsonObject record) {
        Optional<RecordAuthorizer> authorizer = authorizer(record);
        try {
            return authorizer.isEmpty() || authorizer.get().mayDelete(author, record);
        } catch (RuntimeException e) {
            return false;
        }
    }

    private Optional<RecordAuthorizer> authorizer(JsonObject record) {
        String typeName = record.string("typeName");
        return typeName == null ? Optional.empty() : authorizers.of(typeName);
    }
}

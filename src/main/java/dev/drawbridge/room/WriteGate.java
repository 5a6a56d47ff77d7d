package dev.drawbridge.room;

import dev.drawbridge.json.JsonObject;
import dev.drawbridge.protocol.ObjectAccess;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Whether a session may make a change (§12.2): its rights say so for the document and for the object lane, and for records
 * of some types somebody else does: here, or elsewhere, who has to be asked first. What may not be done is passed over, and is not an offence.
 */
final class WriteGate {
    private final Set<String> objectTypes;
    private final RecordAuthorizers authorizers;
    private final Author author;
    private final Decisions elsewhere;

    WriteGate(Set<String> objectTypes, RecordAuthorizers authorizers, Author author, Decisions elsewhere) {
        this.objectTypes = objectTypes;
        this.authorizers = authorizers;
        this.author = author;
        this.elsewhere = elsewhere;
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
    Optional<JsonObject> authorized(String id, @Nullable JsonObject before, JsonObject after) {
        if (authorizers.isEmpty()) {
            return Optional.of(after);
        }
        String typeName = after.string("typeName");
        if (before == null) {
            return created(id, typeName, after);
        }
        if (!Objects.equals(typeName, before.string("typeName"))) {
            return Optional.empty(); // nobody would decide about both sides of that
        }
        return mayUpdate(id, typeName, before, after) ? Optional.of(after) : Optional.empty();
    }

    private Optional<JsonObject> created(String id, @Nullable String typeName, JsonObject record) {
        if (isElsewhere(typeName)) {
            return elsewhere.on(id, new RecordWrite.Create(record)).created(record);
        }
        Optional<RecordAuthorizer> authorizer = authorizer(typeName);
        try {
            return authorizer.isEmpty() ? Optional.of(record) : authorizer.get().create(author, record);
        } catch (RuntimeException e) {
            return Optional.empty(); // one that does not know must not let anything through
        }
    }

    private boolean mayUpdate(String id, @Nullable String typeName, JsonObject before, JsonObject after) {
        return isElsewhere(typeName)
                ? elsewhere.on(id, new RecordWrite.Update(before, after)).allowed()
                : may(typeName, authorizer -> authorizer.mayUpdate(author, before, after));
    }

    boolean mayDelete(String id, JsonObject record) {
        String typeName = record.string("typeName");
        return isElsewhere(typeName)
                ? elsewhere.on(id, new RecordWrite.Delete(record)).allowed()
                : may(typeName, authorizer -> authorizer.mayDelete(author, record));
    }

    private boolean may(@Nullable String typeName, Predicate<RecordAuthorizer> decision) {
        Optional<RecordAuthorizer> authorizer = authorizer(typeName);
        try {
            return authorizer.isEmpty() || decision.test(authorizer.get());
        } catch (RuntimeException e) {
            return false;
        }
    }

    private boolean isElsewhere(@Nullable String typeName) {
        return typeName != null && authorizers.areElsewhere(typeName);
    }

    private Optional<RecordAuthorizer> authorizer(@Nullable String typeName) {
        return typeName == null ? Optional.empty() : authorizers.of(typeName);
    }
}

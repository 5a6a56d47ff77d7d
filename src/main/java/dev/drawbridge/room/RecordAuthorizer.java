package dev.drawbridge.room;

import dev.drawbridge.json.JsonObject;
import java.util.Optional;
import java.util.Set;

/**
 * Decides about each change that a client makes of a record of some types, beyond what its session may do as such: a write
 * that is refused is passed over, as those of viewers are, and its client puts it right by the answer. What the server
 * itself does (the admin API, restoring) is never asked about.
 *
 * <p>Records are those of the server's schema, whatever the client speaks, and hold what a client has made up; a new one
 * has not been validated yet. It is asked in the room's turn: it must be quick, wait for nothing, and have no state that
 * is not safe to share, for rooms run on several threads. If it throws, the write is refused.
 */
public interface RecordAuthorizer {

    /** The record types that it is asked about; for each there may be one only. */
    Set<String> typeNames();

    /** The record as it is to be stored, with what is for the server to say in it; empty to refuse. It is validated after that. */
    Optional<JsonObject> create(Author author, JsonObject record);

    /** Whether a record may become another. */
    boolean mayUpdate(Author author, JsonObject before, JsonObject after);

    boolean mayDelete(Author author, JsonObject record);
}

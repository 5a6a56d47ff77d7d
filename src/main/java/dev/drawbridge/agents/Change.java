package dev.drawbridge.agents;

import dev.drawbridge.agents.board.BoardEdit;
import dev.drawbridge.json.JsonArray;
import dev.drawbridge.json.JsonObject;
import dev.drawbridge.json.JsonString;
import dev.drawbridge.json.Quoted;
import dev.drawbridge.room.StoredRecord;
import dev.drawbridge.schema.RecordScope;
import dev.drawbridge.schema.StoreSchema;
import dev.drawbridge.schema.ValidationException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * An edit that a room can take, as far as can be told without the room. It is looked at with what the room looks with, and
 * before: a room sends whoever pushes something invalid away, and does not say why.
 *
 * @param puts records by their ids
 * @param deletes ids of records, none of which is put
 */
record Change(Map<String, JsonObject> puts, Set<String> deletes) {
    private static final JsonArray REMOVE = new JsonArray(List.of(new JsonString("remove")));

    static Change of(BoardEdit edit, StoreSchema schema) throws AgentException.Invalid {
        Map<String, JsonObject> puts = new LinkedHashMap<>();
        for (JsonObject record : edit.puts()) {
            puts.put(checked(record, schema), record);
        }
        Set<String> deletes = new LinkedHashSet<>(edit.deletes());
        for (String id : deletes) {
            if (puts.containsKey(id)) {
                throw new AgentException.Invalid(Quoted.bare(id) + ": it cannot be put and deleted at once");
            }
        }
        return new Change(puts, deletes);
    }

    private static String checked(JsonObject record, StoreSchema schema) throws AgentException.Invalid {
        String id = record.string("id");
        if (id == null) {
            throw new AgentException.Invalid("a record without an id: " + Quoted.of(record));
        }
        try {
            schema.validate(null, record);
        } catch (ValidationException e) {
            throw new AgentException.Invalid(Quoted.bare(id) + ": " + e.getMessage());
        }
        String type = Objects.requireNonNull(record.string("typeName"));
        if (schema.scopeOf(type).orElse(null) != RecordScope.DOCUMENT) {
            throw new AgentException.Invalid(
                    Quoted.bare(id) + ": records of the type " + Quoted.bare(type) + " are no part of a board");
        }
        return id;
    }

    /** Whether a record is as it is to be. */
    boolean isSo(String id, Optional<StoredRecord> there) {
        JsonObject wanted = puts.get(id);
        return wanted == null
                ? there.isEmpty()
                : there.isPresent() && there.get().unpack().equals(wanted);
    }

    boolean isEmpty() {
        return puts.isEmpty() && deletes.isEmpty();
    }

    /** The ids of all records that it is about. */
    List<String> ids() {
        List<String> ids = new ArrayList<>(puts.keySet());
        ids.addAll(deletes);
        return ids;
    }

    /** Whether nothing of it is part of the document: it is about the object lane alone. */
    boolean isAboutObjects(Set<String> objectTypes) {
        return ids().stream().allMatch(id -> objectTypes.contains(typeOf(id)));
    }

    private static String typeOf(String id) {
        int colon = id.indexOf(':');
        return colon < 0 ? id : id.substring(0, colon);
    }

    /** Operations by the ids of records, as they are pushed. */
    JsonObject diff() {
        JsonObject.Builder diff = JsonObject.builder();
        puts.forEach((id, record) -> diff.put(id, new JsonArray(List.of(new JsonString("put"), record))));
        deletes.forEach(id -> diff.put(id, REMOVE));
        return diff.build();
    }
}

package dev.drawbridge.schema;

import dev.drawbridge.json.JsonObject;
import dev.drawbridge.json.JsonString;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Ids that clients up to some release write without the prefix that they have had since, though there is no migration for
 * it.
 *
 * @param members   the properties, of records of that type, that have such an id or {@code null}
 * @param shown     whether such a client is also shown them without the prefix, so that it knows itself among them
 * @param knownFrom a client writes the prefix if its schema has one of these sequences at that version or above
 */
public record BareIds(
        String typeName, List<String> members, String prefix, boolean shown, Map<String, Integer> knownFrom) {

    public BareIds {
        members = List.copyOf(members);
        knownFrom = Map.copyOf(knownFrom);
    }

    /** @param versions the sequences that a client names, with their versions */
    boolean isKnownTo(JsonObject versions) {
        return Widening.isReached(knownFrom, versions);
    }

    /** A record of such a client, in our form; an id with the prefix stays as it is. */
    JsonObject up(JsonObject record) {
        return each(record, id -> id.startsWith(prefix) ? id : prefix + id);
    }

    /** A record of ours, as such a client is shown it. */
    JsonObject down(JsonObject record) {
        return shown ? each(record, id -> id.startsWith(prefix) ? id.substring(prefix.length()) : id) : record;
    }

    private JsonObject each(JsonObject record, UnaryOperator<String> change) {
        if (!Js.is(record.get("typeName"), typeName)) {
            return record;
        }
        JsonObject changed = record;
        for (String member : members) {
            if (changed.get(member) instanceof JsonString id) {
                changed = changed.with(member, JsonString.of(change.apply(id.value())));
            }
        }
        return changed;
    }
}

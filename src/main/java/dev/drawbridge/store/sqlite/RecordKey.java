package dev.drawbridge.store.sqlite;

import dev.drawbridge.json.Json;
import dev.drawbridge.json.JsonException;
import dev.drawbridge.json.JsonString;
import dev.drawbridge.json.JsonValue;
import dev.drawbridge.store.StoreException;

/**
 * A record id as the database keeps it. An id may hold what no UTF-8 text can (half a surrogate pair, NUL), so it is kept
 * with JSON's escapes; the ids that tldraw makes look the same with and without.
 */
final class RecordKey {

    private RecordKey() {}

    static String of(String id) {
        String quoted = Json.write(new JsonString(id));
        return quoted.substring(1, quoted.length() - 1);
    }

    static String toId(String key) {
        try {
            JsonValue id = Json.parse('"' + key + '"');
            if (id instanceof JsonString(String text)) {
                return text;
            }
        } catch (JsonException e) {
            throw new StoreException("damaged record key " + key, e);
        }
        throw new StoreException("damaged record key " + key);
    }
}

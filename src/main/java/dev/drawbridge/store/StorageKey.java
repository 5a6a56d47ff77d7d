package dev.drawbridge.store;

import dev.drawbridge.json.Json;
import dev.drawbridge.json.JsonException;
import dev.drawbridge.json.JsonString;
import dev.drawbridge.json.JsonValue;

/**
 * A room id or record id as a store keeps it. An id may hold what no UTF-8 text can (half a surrogate pair) or what
 * databases cut off (NUL), so it is kept with JSON's escapes; the ids that tldraw makes look the same with and without.
 * Two ids never share a key, and the key of a prefix is a prefix of the key.
 */
public final class StorageKey {

    private StorageKey() {}

    public static String of(String id) {
        if (id.chars().allMatch(c -> c >= ' ' && c < 0x7f && c != '"' && c != '\\')) {
            return id;
        }
        String quoted = Json.write(new JsonString(id));
        return quoted.substring(1, quoted.length() - 1);
    }

    /**
     * The id of a key.
     *
     * @throws StoreException when no id has this key
     */
    public static String toId(String key) {
        if (key.indexOf('\\') < 0) {
            return key;
        }
        try {
            JsonValue id = Json.parse('"' + key + '"');
            if (id instanceof JsonString(String text)) {
                return text;
            }
        } catch (JsonException e) {
            throw new StoreException("the stored id " + key + " is damaged", e);
        }
        throw new StoreException("the stored id " + key + " is damaged");
    }
}

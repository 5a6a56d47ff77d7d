package dev.drawbridge.json;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** An object that counts how often it is gone through as a whole: to be compared, written, hashed or copied. */
public final class CountedObject {
    private final AtomicInteger walks = new AtomicInteger();
    private final JsonObject object;

    public CountedObject(String key, JsonValue value) {
        Map<String, JsonValue> members = new LinkedHashMap<>() {
            private static final long serialVersionUID = 1;

            @Override
            public Set<Map.Entry<String, JsonValue>> entrySet() {
                walks.incrementAndGet();
                return super.entrySet();
            }
        };
        members.put(key, value);
        this.object = JsonObject.owning(members);
    }

    public JsonObject object() {
        return object;
    }

    public int walks() {
        return walks.get();
    }
}

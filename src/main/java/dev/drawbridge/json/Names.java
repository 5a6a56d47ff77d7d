package dev.drawbridge.json;

import java.util.HashMap;
import java.util.Map;

/**
 * The names of members that a text has had so far: the same few come again in each record, and should be one string
 * each. It is forgotten with the text, and what is long or one of very many is not remembered at all.
 */
final class Names {
    private static final int LONGEST = 40;
    private static final int MOST = 1_000;

    private final Map<String, String> known = new HashMap<>();

    String shared(String name) {
        if (name.length() > LONGEST) {
            return name;
        }
        String earlier = known.get(name);
        if (earlier != null) {
            return earlier;
        }
        if (known.size() < MOST) {
            known.put(name, name);
        }
        return name;
    }
}

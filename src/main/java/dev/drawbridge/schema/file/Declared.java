package dev.drawbridge.schema.file;

import dev.drawbridge.json.Quoted;
import java.util.HashMap;
import java.util.Map;

/** What has been declared so far, in all files: nothing may be twice. */
final class Declared {
    private final Map<String, Place> places = new HashMap<>();

    /** @param what kind of thing it is, for the message */
    void add(String what, Place place) throws SchemaFileException {
        Place before = places.putIfAbsent(what + ' ' + place.name(), place);
        if (before != null) {
            throw place.fault(
                    what + ' ' + Quoted.of(place.name()) + " is declared by " + before + " too",
                    "types that are declared once");
        }
    }
}

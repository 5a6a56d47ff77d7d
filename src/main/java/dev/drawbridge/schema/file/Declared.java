package dev.drawbridge.schema.file;

import dev.drawbridge.json.JsonObject;
import dev.drawbridge.json.Quoted;
import dev.drawbridge.schema.Migration;
import dev.drawbridge.schema.MigrationSequence;
import dev.drawbridge.schema.StoreSchema;
import dev.drawbridge.schema.tldraw.TldrawSchema;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What has been declared so far, in all files and by tldraw: nothing may be twice, and what is named has to be there. */
final class Declared {
    private static final String ONCE = "types that are declared once";

    private final Map<String, Place> places = new HashMap<>();
    private final Map<String, Place> sequences = new HashMap<>();
    private final Set<String> ofTldraw = new HashSet<>();
    private final Set<String> migrations = new HashSet<>();
    private final List<Place> dependencies = new ArrayList<>();

    Declared() {
        StoreSchema tldraw = TldrawSchema.create();
        if (tldraw.serialize().json().get("sequences") instanceof JsonObject versions) {
            ofTldraw.addAll(versions.keys());
        }
        tldraw.migrations().stream().map(Migration::id).forEach(migrations::add);
    }

    /** @param what kind of thing it is, for the message */
    void add(String what, Place place) throws SchemaFileException {
        Place before = places.putIfAbsent(what + ' ' + place.name(), place);
        if (before != null) {
            throw place.fault(what + ' ' + Quoted.of(place.name()) + " is declared by " + before + " too", ONCE);
        }
    }

    /** The history of what is declared at a place. Different kinds of things may come to the same name for theirs. */
    void add(MigrationSequence sequence, Place place) throws SchemaFileException {
        String id = Quoted.of(sequence.id());
        if (ofTldraw.contains(sequence.id())) {
            throw place.fault("the migration sequence " + id + " is tldraw's", ONCE);
        }
        Place before = sequences.putIfAbsent(sequence.id(), place);
        if (before != null) {
            throw place.fault("the migration sequence " + id + " is that of " + before + " too", ONCE);
        }
        sequence.migrations().stream().map(Migration::id).forEach(migrations::add);
    }

    /** A step comes after that migration, which may be declared later. */
    void after(Place migration) {
        dependencies.add(migration);
    }

    /** When all has been declared: whether there is what steps come after. */
    void checkDependencies() throws SchemaFileException {
        for (Place dependency : dependencies) {
            String id = dependency.text("ids of migrations");
            if (!migrations.contains(id)) {
                throw dependency.fault(
                        Quoted.of(id) + " is no migration",
                        "those of tldraw and of these files, such as \"com.tldraw.shape.arrow/4\"");
            }
        }
    }
}

package dev.drawbridge.schema.file;

import dev.drawbridge.json.JsonArray;
import dev.drawbridge.json.JsonObject;
import dev.drawbridge.json.JsonString;
import dev.drawbridge.schema.Version;
import java.util.ArrayList;
import java.util.List;

/** Reads the versions of a sequence: how one comes to each from the one before, and back. */
final class VersionReader {
    private static final List<String> KEYS = List.of("name", "description", "up", "down", "after");
    private static final String CODE = "code";

    private final Declared declared;

    VersionReader(Declared declared) {
        this.declared = declared;
    }

    /** Versions 1, 2, … in the order of the list. */
    List<Version> read(Place list) throws SchemaFileException {
        List<Version> versions = new ArrayList<>();
        for (Place step : list.items("versions, each with \"up\"")) {
            versions.add(version(step, versions.size() + 1));
        }
        return versions;
    }

    private Version version(Place step, int number) throws SchemaFileException {
        if (!(step.value() instanceof JsonObject)) {
            throw step.isNo("version", "objects with " + String.join(", ", KEYS));
        }
        step.closed(KEYS);
        Place name = step.get("name");
        String title = name == null ? "version " + number : name.text("texts");
        Version version = version(step, number, title);
        step.mayHaveText("description");
        Place after = step.get("after");
        return after == null ? version : version.after(dependencies(after).toArray(String[]::new));
    }

    private List<String> dependencies(Place after) throws SchemaFileException {
        List<Place> places = after.value() instanceof JsonArray ? after.items("ids of migrations") : List.of(after);
        places.forEach(declared::after);
        return after.texts("ids of migrations");
    }

    private static Version version(Place step, int number, String title) throws SchemaFileException {
        Place up = step.need("up", "lists of operations, and \"" + CODE + '"');
        Place down = step.get("down");
        if (up.value() instanceof JsonString(String word)) {
            if (!word.equals(CODE)) {
                throw up.fault("this is no list", "lists of operations, and \"" + CODE + '"');
            }
            if (down != null) {
                throw down.fault("a step that is code has no way down", "versions without \"down\"");
            }
            return Version.codeVersion(number, title);
        }
        return down == null
                ? Version.version(number, title, OperationReader.read(up))
                : Version.version(number, title, OperationReader.read(up), OperationReader.read(down));
    }

    /** Whether a place says which version of tldraw's own sequence it was described with, in place of versions. */
    static boolean isOfTldraw(Place migrations) {
        return migrations.value() instanceof JsonObject;
    }
}

package dev.drawbridge.schema.file;

import dev.drawbridge.json.JsonArray;
import dev.drawbridge.json.JsonObject;
import dev.drawbridge.json.Quoted;
import dev.drawbridge.schema.Js;
import dev.drawbridge.schema.StoreSchema;
import dev.drawbridge.schema.StyleProperty;
import dev.drawbridge.schema.Validators;
import dev.drawbridge.schema.tldraw.Styles;
import dev.drawbridge.schema.tldraw.TldrawSchema;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Makes a schema of tldraw's types and of those that files describe, several of which are read as one. */
public final class SchemaFiles {
    private static final List<String> KEYS = List.of(
            "$schema",
            "$comment",
            "version",
            "tldraw",
            "styles",
            "definitions",
            "shapes",
            "bindings",
            "assets",
            "records",
            "sequences");

    private static final int LONGEST = 1_000;

    private SchemaFiles() {}

    /**
     * The schema with what the files describe.
     *
     * @param schema tldraw's, to be extended
     * @throws SchemaFileException at the first thing that is wrong with a file, or that does not fit together
     */
    public static StoreSchema build(TldrawSchema.Builder schema, List<SchemaFile> files) throws SchemaFileException {
        List<Place> places = new ArrayList<>();
        for (SchemaFile file : files) {
            places.add(checked(Place.of(file)));
        }
        Declared declared = new Declared();
        Map<String, StyleProperty> styles = styles(places, declared);
        for (Place file : places) {
            ValidatorReader validators = new ValidatorReader(styles, file.get("definitions"));
            validators.readDefinitions();
            new TypesReader(schema, validators, declared).read(file);
        }
        declared.checkDependencies();
        try {
            return schema.build();
        } catch (IllegalArgumentException e) {
            throw new SchemaFileException(
                    files.stream().map(SchemaFile::name).map(Quoted::bare).collect(Collectors.joining(", "))
                            + ": " + Quoted.line(String.valueOf(e.getMessage()), LONGEST)
                            + "; allowed are types that fit together");
        }
    }

    private static Place checked(Place file) throws SchemaFileException {
        if (!(file.value() instanceof JsonObject)) {
            throw file.isNo("description of types", "objects with " + String.join(", ", KEYS));
        }
        file.closed(KEYS);
        Place version = file.need("version", "files with \"version\": 1");
        if (!Js.is(version.value(), 1)) {
            throw version.isNo("version of the format", "1");
        }
        file.mayHaveText("$schema");
        file.mayHaveText("tldraw");
        return file;
    }

    /** All style properties that there are: tldraw's, and those of all files, which share them. */
    private static Map<String, StyleProperty> styles(List<Place> files, Declared declared) throws SchemaFileException {
        Map<String, StyleProperty> styles = new LinkedHashMap<>();
        Styles.ALL.forEach(style -> styles.put(style.id(), style));
        Map<String, StyleProperty> own = new LinkedHashMap<>();
        for (Place file : files) {
            ValidatorReader validators = new ValidatorReader(styles, file.get("definitions"));
            for (Place style : file.membersOf("styles")) {
                declared.add("style", style);
                own.put(
                        style.name(),
                        StyleProperty.of(
                                style.name(),
                                style.value() instanceof JsonArray
                                        ? Validators.oneOf(ValidatorReader.values(style))
                                        : validators.read(style)));
            }
        }
        styles.putAll(own);
        return styles;
    }
}

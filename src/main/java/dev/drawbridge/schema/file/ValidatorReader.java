package dev.drawbridge.schema.file;

import dev.drawbridge.json.JsonArray;
import dev.drawbridge.json.JsonObject;
import dev.drawbridge.json.JsonString;
import dev.drawbridge.json.JsonValue;
import dev.drawbridge.json.Quoted;
import dev.drawbridge.schema.Field;
import dev.drawbridge.schema.Js;
import dev.drawbridge.schema.ObjectValidator;
import dev.drawbridge.schema.StyleProperty;
import dev.drawbridge.schema.UnionValidator;
import dev.drawbridge.schema.Validator;
import dev.drawbridge.schema.Validators;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads the validators of one file. A definition is read once, however often it is referred to. */
final class ValidatorReader {
    /** What a key that makes a validator may be accompanied by. */
    private static final Map<String, List<String>> KEYS = keys();

    private static final String ALLOWED =
            PlainValidators.NAMES + ", and objects with one of " + String.join(", ", KEYS.keySet());

    /** How often one value may be read, because there are alternatives for it. */
    private static final int MOST_ALTERNATIVES = 256;

    private static final String PRIMITIVES = "texts, numbers, true, false, null";

    private final Map<String, StyleProperty> styles;
    private final @Nullable Place definitions;
    private final Map<String, Measured> known = new HashMap<>();
    private final Set<String> underWay = new HashSet<>();

    /**
     * @param styles      the style properties that may be named
     * @param definitions the file's, to which its validators may refer; {@code null} when it has none
     */
    ValidatorReader(Map<String, StyleProperty> styles, @Nullable Place definitions) {
        this.styles = styles;
        this.definitions = definitions;
    }

    /** A validator with how deep it goes and how often it may read one value, with those that it refers to. */
    private record Measured(Validator validator, int depth, int alternatives) {
        static Measured plain(Validator validator) {
            return new Measured(validator, 1, 1);
        }

        Measured around(Validator outer) {
            return new Measured(outer, depth + 1, alternatives);
        }
    }

    /** The validator that is said at a place. */
    Validator read(Place place) throws SchemaFileException {
        return read(place, 0).validator();
    }

    /** The fields that are said by an object of validators; a style stays one when it is a shape's own property. */
    List<Field> fields(Place place, boolean ofShape) throws SchemaFileException {
        List<Field> fields = new ArrayList<>();
        for (Place field : place.members()) {
            boolean style = ofShape && field.value() instanceof JsonObject object && object.has("style");
            fields.add(Field.field(field.name(), style ? style(known(field)) : read(field)));
        }
        return fields;
    }

    /** Reads all definitions, also those that nothing refers to. */
    void readDefinitions() throws SchemaFileException {
        if (definitions != null) {
            for (Place definition : definitions.members()) {
                definition(definition, 0);
            }
        }
    }

    private Measured read(Place place, int depth) throws SchemaFileException {
        if (depth > SchemaFile.DEEPEST) {
            throw tooDeep(place);
        }
        if (place.value() instanceof JsonString(String name)) {
            Validator plain = PlainValidators.named(name);
            if (plain != null) {
                return Measured.plain(plain);
            }
        }
        if (!(place.value() instanceof JsonObject)) {
            throw place.isNo("validator", ALLOWED);
        }
        Measured read = described(known(place), depth + 1);
        if (read.depth() > SchemaFile.DEEPEST) {
            throw tooDeep(place);
        }
        if (read.alternatives() > MOST_ALTERNATIVES) {
            throw place.fault(
                    "the alternatives in it make " + read.alternatives() + " ways to read one value",
                    MOST_ALTERNATIVES + " ways");
        }
        return read;
    }

    /** An object that has one key that makes a validator, and no others than may go with it. */
    private static Place known(Place place) throws SchemaFileException {
        List<String> main =
                place.object().keys().stream().filter(KEYS::containsKey).toList();
        if (main.size() != 1) {
            throw place.fault(
                    main.isEmpty()
                            ? "this object says no validator"
                            : "this object says several validators: " + String.join(", ", main),
                    ALLOWED);
        }
        List<String> companions = KEYS.getOrDefault(main.getFirst(), List.of());
        return place.closed(Stream.concat(main.stream(), companions.stream()).toList());
    }

    private Measured described(Place place, int depth) throws SchemaFileException {
        Place said = place.members().stream()
                .filter(member -> KEYS.containsKey(member.name()))
                .findFirst()
                .orElseThrow();
        return switch (said.name()) {
            case "literal" -> Measured.plain(literal(said));
            case "enum" -> Measured.plain(Validators.oneOf(values(said)));
            case "array" -> {
                Measured item = read(said, depth);
                yield item.around(Validators.arrayOf(item.validator(), atLeast(place)));
            }
            case "dict" -> dict(place, said, depth);
            case "object" -> object(place, said, depth);
            case "union" -> union(place, said, depth);
            case "or" -> or(said, depth);
            case "optional" -> {
                Measured present = read(said, depth);
                yield present.around(present.validator().optional());
            }
            case "nullable" -> {
                Measured other = read(said, depth);
                yield other.around(other.validator().nullable());
            }
            case "style" -> Measured.plain(style(place).values());
            case "id" -> Measured.plain(id(said));
            default -> reference(said, depth);
        };
    }

    private static Validator literal(Place said) throws SchemaFileException {
        if (!(said.value() instanceof JsonObject) && !(said.value() instanceof JsonArray)) {
            return Validators.literal(said.value());
        }
        throw said.isNo("literal", PRIMITIVES);
    }

    static List<JsonValue> values(Place said) throws SchemaFileException {
        List<JsonValue> values = new ArrayList<>();
        for (Place item : said.items(PRIMITIVES)) {
            if (item.value() instanceof JsonObject || item.value() instanceof JsonArray) {
                throw item.isNo("value of an enum", PRIMITIVES);
            }
            values.add(item.value());
        }
        if (values.isEmpty()) {
            throw said.fault("the list is empty", "lists of " + PRIMITIVES);
        }
        return values;
    }

    private static int atLeast(Place place) throws SchemaFileException {
        Place atLeast = place.get("atLeast");
        if (atLeast == null) {
            return 0;
        }
        if (Js.is(atLeast.value(), 1)) {
            return 1;
        }
        if (Js.is(atLeast.value(), 2)) {
            return 2;
        }
        throw atLeast.isNo("least length", "1, 2");
    }

    private Measured dict(Place place, Place said, int depth) throws SchemaFileException {
        Measured values = read(said, depth);
        Place keys = place.get("keys");
        if (keys == null) {
            return values.around(Validators.dict(values.validator()));
        }
        Measured read = read(keys, depth);
        return new Measured(
                Validators.dict(read.validator(), values.validator()),
                Math.max(read.depth(), values.depth()) + 1,
                Math.max(read.alternatives(), values.alternatives()));
    }

    private Measured object(Place place, Place said, int depth) throws SchemaFileException {
        List<Field> fields = new ArrayList<>();
        Measured deepest = Measured.plain(Validators.anything());
        for (Place field : said.members()) {
            Measured read = read(field, depth);
            fields.add(Field.field(field.name(), read.validator()));
            deepest = larger(deepest, read);
        }
        ObjectValidator object = Validators.object(fields);
        return deepest.around(place.flag("more", false) ? object.andMore() : object);
    }

    private Measured union(Place place, Place said, int depth) throws SchemaFileException {
        String by = place.need("by", "the name of the property that tells the variants apart")
                .text("names of properties");
        Map<String, Validator> variants = new LinkedHashMap<>();
        Measured deepest = Measured.plain(Validators.anything());
        for (Place variant : said.members()) {
            Measured read = read(variant, depth);
            variants.put(variant.name(), read.validator());
            deepest = larger(deepest, read);
        }
        UnionValidator union =
                place.flag("numbers", false) ? Validators.numberUnion(by, variants) : Validators.union(by, variants);
        Place otherwise = place.get("otherwise");
        if (otherwise != null) {
            Measured read = read(otherwise, depth);
            union = union.otherwise(read.validator());
            deepest = larger(deepest, read);
        }
        return deepest.around(union);
    }

    private Measured or(Place said, int depth) throws SchemaFileException {
        List<Place> two = said.items("two validators");
        if (two.size() != 2) {
            throw said.fault("the list has " + two.size(), "lists of two validators");
        }
        Measured one = read(two.getFirst(), depth);
        Measured other = read(two.getLast(), depth);
        return new Measured(
                Validators.or(one.validator(), other.validator()),
                Math.max(one.depth(), other.depth()) + 1,
                one.alternatives() + other.alternatives());
    }

    private StyleProperty style(Place place) throws SchemaFileException {
        Place said = place.need("style", "the id of a style");
        StyleProperty style = styles.get(said.text("the ids of styles"));
        if (style == null) {
            throw said.fault(Quoted.of(said.value()) + " is no style", Place.names(styles.keySet()));
        }
        return style;
    }

    private static Validator id(Place said) throws SchemaFileException {
        return Validators.id(said.texts("names of record types").toArray(String[]::new));
    }

    private Measured reference(Place said, int depth) throws SchemaFileException {
        String name = said.text("names of definitions");
        Place definition = definitions == null ? null : definitions.get(name);
        if (definition == null) {
            throw said.fault(
                    Quoted.of(name) + " is no definition of this file",
                    definitions == null || definitions.object().isEmpty()
                            ? "names of \"definitions\", of which there are none"
                            : Place.names(definitions.object().keys()));
        }
        if (underWay.contains(name)) {
            throw said.fault(
                    "the definition " + Quoted.of(name) + " leads back to itself", "definitions without circles");
        }
        return definition(definition, depth);
    }

    private Measured definition(Place definition, int depth) throws SchemaFileException {
        Measured read = known.get(definition.name());
        if (read == null) {
            underWay.add(definition.name());
            read = read(definition, depth);
            underWay.remove(definition.name());
            known.put(definition.name(), read);
        }
        return read;
    }

    private static Measured larger(Measured one, Measured other) {
        return new Measured(
                one.validator(),
                Math.max(one.depth(), other.depth()),
                Math.max(one.alternatives(), other.alternatives()));
    }

    private static SchemaFileException tooDeep(Place place) {
        return place.fault(
                "with the definitions that it refers to it is nested too deep", SchemaFile.DEEPEST + " validators");
    }

    private static Map<String, List<String>> keys() {
        Map<String, List<String>> keys = new LinkedHashMap<>();
        keys.put("literal", List.of());
        keys.put("enum", List.of());
        keys.put("array", List.of("atLeast"));
        keys.put("dict", List.of("keys"));
        keys.put("object", List.of("more"));
        keys.put("union", List.of("by", "numbers", "otherwise"));
        keys.put("or", List.of());
        keys.put("optional", List.of());
        keys.put("nullable", List.of());
        keys.put("style", List.of());
        keys.put("id", List.of());
        keys.put("ref", List.of());
        return keys;
    }
}

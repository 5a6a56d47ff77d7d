package dev.drawbridge.schema.file;

import dev.drawbridge.json.JsonNumber;
import dev.drawbridge.json.JsonObject;
import dev.drawbridge.json.Quoted;
import dev.drawbridge.schema.Field;
import dev.drawbridge.schema.Js;
import dev.drawbridge.schema.MigrationSequence;
import dev.drawbridge.schema.RecordScope;
import dev.drawbridge.schema.RecordType;
import dev.drawbridge.schema.StyleProperty;
import dev.drawbridge.schema.Subtype;
import dev.drawbridge.schema.Validator;
import dev.drawbridge.schema.Validators;
import dev.drawbridge.schema.Violation;
import dev.drawbridge.schema.tldraw.TldrawSchema;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Reads the types and sequences of one file, and adds them to tldraw's. */
final class TypesReader {
    /** Where subtypes are declared, and of what. */
    static final Map<String, String> KINDS = kinds();

    private static final List<String> SUBTYPE_KEYS =
            List.of("description", "props", "meta", "defaults", "migrations", "retroactive", "replace");
    private static final List<String> RECORD_KEYS =
            List.of("description", "scope", "fields", "validator", "defaults", "migrations", "retroactive", "replace");
    private static final List<String> SEQUENCE_KEYS = List.of("description", "for", "migrations", "retroactive");

    /** Not names of record types of one's own: they are tldraw's, with kinds or without records. */
    private static final Set<String> TAKEN = Set.of("shape", "binding", "asset", "store");

    /** What every record has, whatever else it has. */
    private static final Set<String> IDS = Set.of("id", "typeName");

    private final TldrawSchema.Builder schema;
    private final ValidatorReader validators;
    private final Declared declared;
    private final VersionReader versions;

    TypesReader(TldrawSchema.Builder schema, ValidatorReader validators, Declared declared) {
        this.schema = schema;
        this.validators = validators;
        this.declared = declared;
        this.versions = new VersionReader(declared);
    }

    void read(Place file) throws SchemaFileException {
        for (Map.Entry<String, String> kind : KINDS.entrySet()) {
            for (Place type : file.membersOf(kind.getKey())) {
                declared.add(kind.getValue(), type);
                subtype(kind.getValue(), type.closed(SUBTYPE_KEYS));
            }
        }
        for (Place record : file.membersOf("records")) {
            declared.add("record type", record);
            record(record.closed(RECORD_KEYS));
        }
        for (Place sequence : file.membersOf("sequences")) {
            declared.add("sequence", sequence);
            sequence(sequence.closed(SEQUENCE_KEYS));
        }
    }

    // ---- shapes, bindings, assets

    private void subtype(String typeName, Place place) throws SchemaFileException {
        String type = place.key("a type");
        Optional<Subtype> tldraws = schema.subtype(typeName, type);
        Subtype subtype = tldraws.isPresent() ? changed(tldraws.get(), place) : added(typeName, type, place);
        place.mayHaveText("description");
        checkStyles(place, subtype);
        checkDefaults(place, subtype.propsFields());
        if (tldraws.isPresent()) {
            schema.changeSubtype(typeName, type, before -> subtype);
        } else {
            declared.add(subtype.sequence(), place);
            schema.subtype(subtype);
        }
    }

    /** A style is one choice: a shape has it once. */
    private static void checkStyles(Place place, Subtype subtype) throws SchemaFileException {
        Set<StyleProperty> used = new HashSet<>();
        for (StyleProperty style : subtype.styles()) {
            if (!used.add(style)) {
                throw place.fault(
                        "two properties have the style " + Quoted.of(style.id()), "shapes that have a style once");
            }
        }
    }

    private Subtype added(String typeName, String type, Place place) throws SchemaFileException {
        Place replace = place.get("replace");
        if (replace != null) {
            throw replace.fault("tldraw has no such " + typeName + " to replace", "types of tldraw's with \"replace\"");
        }
        Subtype subtype =
                switch (typeName) {
                    case "shape" -> Subtype.shape(type);
                    case "binding" -> Subtype.binding(type);
                    default -> Subtype.asset(type);
                };
        Place props = place.get("props");
        if (props != null) {
            subtype = subtype.props(validators.fields(props, typeName.equals("shape")));
        }
        Place meta = place.get("meta");
        if (meta != null) {
            subtype = subtype.meta(validators.fields(meta, false));
        }
        Place migrations = place.get("migrations");
        if (migrations != null) {
            subtype = subtype.migrations(versions.read(migrations));
        }
        return place.flag("retroactive", true) ? subtype : subtype.notRetroactive();
    }

    private Subtype changed(Subtype tldraws, Place place) throws SchemaFileException {
        checkVersion(place, tldraws.sequence());
        Subtype subtype = tldraws;
        Place props = place.get("props");
        if (props == null && place.flag("replace", false)) {
            throw place.fault("\"props\" is missing", "\"replace\" with the \"props\" that take the place of tldraw's");
        }
        if (props != null) {
            List<Field> fields = validators.fields(props, tldraws.typeName().equals("shape"));
            subtype = place.flag("replace", false) ? subtype.props(fields) : subtype.andProps(fields);
        }
        Place meta = place.get("meta");
        return meta == null ? subtype : subtype.meta(validators.fields(meta, false));
    }

    // ---- record types

    private void record(Place place) throws SchemaFileException {
        String typeName = place.key("a record type");
        if (TAKEN.contains(typeName)) {
            throw place.fault(
                    Quoted.of(typeName) + " is no record type of one's own",
                    "other names; shapes, bindings and assets have places of their own");
        }
        place.mayHaveText("description");
        Optional<RecordType> tldraws = schema.recordType(typeName);
        if (tldraws.isPresent()) {
            RecordType type = changed(tldraws.get(), place);
            checkDefaults(place, Optional.of(type.fields()));
            schema.changeRecordType(typeName, before -> type);
        } else {
            RecordType type = added(typeName, place);
            checkDefaults(place, type.fields().isEmpty() ? Optional.empty() : Optional.of(type.fields()));
            declared.add(type.sequences().getFirst(), place);
            schema.recordType(type);
        }
    }

    private RecordType added(String typeName, Place place) throws SchemaFileException {
        Place replace = place.get("replace");
        if (replace != null) {
            throw replace.fault("tldraw has no such record type to replace", "types of tldraw's with \"replace\"");
        }
        RecordScope scope = scope(place.need("scope", "\"scope\" with document, session or presence"));
        Place migrations = place.get("migrations");
        RecordType type = RecordType.of(
                typeName,
                scope,
                validator(typeName, place),
                migrations == null ? List.of() : versions.read(migrations));
        return place.flag("retroactive", true) ? type : type.notRetroactive();
    }

    private Validator validator(String typeName, Place place) throws SchemaFileException {
        Place fields = place.get("fields");
        Place whole = place.get("validator");
        if ((fields == null) == (whole == null)) {
            throw place.fault(
                    fields == null
                            ? "neither \"fields\" nor \"validator\" is there"
                            : "\"fields\" and \"validator\" are there",
                    "record types with one of the two");
        }
        return whole == null
                ? Validators.object(with(ids(typeName), validators.fields(place.need("fields", ""), false)))
                : validators.read(whole);
    }

    private static List<Field> ids(String typeName) {
        return List.of(
                Field.field("id", Validators.id(typeName)), Field.field("typeName", Validators.literal(typeName)));
    }

    /** All of these fields; one that is said takes the place of an implied one of the same name. */
    private static List<Field> with(List<Field> implied, List<Field> said) {
        Map<String, Field> all = new LinkedHashMap<>();
        implied.forEach(field -> all.put(field.name(), field));
        said.forEach(field -> all.put(field.name(), field));
        return List.copyOf(all.values());
    }

    private static RecordScope scope(Place said) throws SchemaFileException {
        String word = said.text("document, session, presence");
        for (RecordScope scope : RecordScope.values()) {
            if (scope.name().toLowerCase(Locale.ROOT).equals(word)) {
                return scope;
            }
        }
        throw said.isNo("scope", "document, session, presence");
    }

    private RecordType changed(RecordType tldraws, Place place) throws SchemaFileException {
        checkVersion(place, tldraws.sequences().getFirst());
        Place scope = place.get("scope");
        if (scope != null && scope(scope) != tldraws.scope()) {
            throw scope.fault(
                    "tldraw's " + tldraws.typeName() + " has another scope",
                    tldraws.scope().name().toLowerCase(Locale.ROOT));
        }
        Place whole = place.get("validator");
        if (whole != null) {
            throw whole.fault("tldraw's own record types are described field by field", "\"fields\"");
        }
        boolean replace = place.flag("replace", false);
        Place said = place.get("fields");
        if (said == null && replace) {
            throw place.fault(
                    "\"fields\" is missing", "\"replace\" with the \"fields\" that take the place of tldraw's");
        }
        if (said == null) {
            return tldraws;
        }
        List<Field> implied = tldraws.fields().stream()
                .filter(field -> !replace || IDS.contains(field.name()))
                .toList();
        return tldraws.with(Validators.object(with(implied, validators.fields(said, false))));
    }

    // ---- sequences

    private void sequence(Place place) throws SchemaFileException {
        String id = place.key("a sequence");
        MigrationSequence sequence = MigrationSequence.of(
                id, filter(place.get("for")), versions.read(place.need("migrations", "sequences with \"migrations\"")));
        place.mayHaveText("description");
        declared.add(sequence, place);
        schema.migrations(place.flag("retroactive", true) ? sequence : sequence.notRetroactive());
    }

    private static Predicate<JsonObject> filter(@Nullable Place of) throws SchemaFileException {
        if (of == null) {
            return record -> true;
        }
        of.closed(List.of("typeName", "type"));
        return isOneOf("typeName", of.get("typeName")).and(isOneOf("type", of.get("type")));
    }

    private static Predicate<JsonObject> isOneOf(String key, @Nullable Place said) throws SchemaFileException {
        if (said == null) {
            return record -> true;
        }
        Set<String> names = Set.copyOf(said.texts("names of types"));
        return record -> {
            String name = record.string(key);
            return name != null && names.contains(name);
        };
    }

    // ---- what is common

    /** What tldraw's own types have become is tldraw's; the file may only say of which version it speaks. */
    private static void checkVersion(Place place, MigrationSequence ours) throws SchemaFileException {
        Place retroactive = place.get("retroactive");
        if (retroactive != null) {
            throw retroactive.fault("the history of this type is tldraw's", "types of tldraw's without it");
        }
        Place migrations = place.get("migrations");
        if (migrations == null) {
            return;
        }
        if (!VersionReader.isOfTldraw(migrations)) {
            throw migrations.fault(
                    "the migrations of this type are tldraw's",
                    "{\"tldraw\": " + ours.version() + "}; those of one's own go into \"sequences\"");
        }
        Place version = migrations.closed(List.of("tldraw")).need("tldraw", "the number of a version");
        if (!(version.value() instanceof JsonNumber) || !Js.is(version.value(), ours.version())) {
            throw version.fault(
                    "this file describes version " + Quoted.of(version.value()) + " of " + ours.id()
                            + ", and this server knows " + ours.version(),
                    Integer.toString(ours.version()));
        }
    }

    /** Defaults are for those who make records; they have to be such that a record can be made with them. */
    private static void checkDefaults(Place place, Optional<List<Field>> fields) throws SchemaFileException {
        Map<String, Validator> known = new LinkedHashMap<>();
        fields.ifPresent(all -> all.forEach(field -> known.put(field.name(), field.validator())));
        for (Place each : place.membersOf("defaults")) {
            Validator validator = known.get(each.name());
            if (validator == null && fields.isPresent()) {
                throw each.fault("there is no such property", Place.names(known.keySet()));
            }
            Violation violation = validator == null ? null : validator.check(null, each.value());
            if (violation != null) {
                String where = String.join(
                        ".", violation.path().stream().map(Quoted::bare).toList());
                throw each.fault(
                        "it is not accepted: " + (where.isEmpty() ? "" : where + ": ") + violation.message(),
                        "what its validator accepts");
            }
        }
    }

    private static Map<String, String> kinds() {
        Map<String, String> kinds = new LinkedHashMap<>();
        kinds.put("shapes", "shape");
        kinds.put("bindings", "binding");
        kinds.put("assets", "asset");
        return kinds;
    }
}

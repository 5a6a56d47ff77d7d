package dev.drawbridge.schema;

import dev.drawbridge.json.JsonString;
import dev.drawbridge.json.Quoted;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One kind of shape, binding or asset: what is particular to it is in {@code props}, and so are its migrations.
 *
 * <pre>{@code
 * Subtype.shape("card")
 *         .props(field("title", string()), field("color", Styles.COLOR))
 *         .migrations(version(1, "AddColor", set("color", "black"), remove("color")));
 * }</pre>
 */
public final class Subtype {
    private final String typeName;
    private final String type;
    private final @Nullable ObjectValidator props;
    private final Validator meta;
    private final MigrationSequence migrations;

    private Subtype(
            String typeName,
            String type,
            @Nullable ObjectValidator props,
            Validator meta,
            MigrationSequence migrations) {
        this.typeName = typeName;
        this.type = type;
        this.props = props;
        this.meta = meta;
        this.migrations = migrations;
    }

    public static Subtype shape(String type) {
        return of("shape", type);
    }

    public static Subtype binding(String type) {
        return of("binding", type);
    }

    public static Subtype asset(String type) {
        return of("asset", type);
    }

    private static Subtype of(String typeName, String type) {
        MigrationSequence none = MigrationSequence.ofProps(typeName, type, List.of());
        return new Subtype(typeName, type, null, Validators.jsonValue(), none);
    }

    /** What a whole record of a subtype must look like, when its {@code type} is what that validator accepts. */
    @FunctionalInterface
    public interface Frame {
        Validator record(Subtype subtype, Validator type);
    }

    /**
     * Accepts the records of these subtypes, each by its own validator.
     *
     * @param typeName the record type that they are subtypes of
     * @param unknown hears of those of other types, which are taken if only what all have in common is right; when it is null
     *     they are refused
     */
    public static Validator union(
            String typeName, Collection<Subtype> subtypes, @Nullable UnknownTypes unknown, Frame frame) {
        Map<String, Validator> variants = new LinkedHashMap<>();
        for (Subtype subtype : subtypes) {
            if (variants.put(subtype.type(), frame.record(subtype, Validators.literal(subtype.type()))) != null) {
                throw new IllegalArgumentException(
                        subtype.typeName() + " \"" + subtype.type() + "\" is declared twice");
            }
        }
        UnionValidator union = Validators.union("type", variants);
        return unknown == null
                ? union.otherwise((previous, value) -> Violation.of(
                                Quoted.of(Js.own(value, "type")) + " is unknown to this server: docs/types.md")
                        .inside("type"))
                : union.otherwise(taken(frame.record(of(typeName, "any"), Validators.string()), typeName, unknown));
    }

    private static Validator taken(Validator common, String typeName, UnknownTypes unknown) {
        return (previous, value) -> {
            Violation violation = common.check(previous, value);
            if (violation == null && Js.own(value, "type") instanceof JsonString(String type)) {
                unknown.taken(typeName, type);
            }
            return violation;
        };
    }

    /** Its properties; without this, {@code props} may be any JSON value. */
    public Subtype props(Field... fields) {
        return props(List.of(fields));
    }

    public Subtype props(List<Field> fields) {
        return new Subtype(typeName, type, Validators.object(fields), meta, migrations);
    }

    /** These properties too; one of the same name takes the place of its own. */
    public Subtype andProps(List<Field> fields) {
        return props == null ? props(fields) : new Subtype(typeName, type, props.with(fields), meta, migrations);
    }

    /** The properties of its {@code meta}; without this, {@code meta} may be any JSON value. */
    public Subtype meta(Field... fields) {
        return meta(List.of(fields));
    }

    public Subtype meta(List<Field> fields) {
        return new Subtype(typeName, type, props, Validators.object(fields), migrations);
    }

    /** The history of its {@code props}; without this, it has an empty one. */
    public Subtype migrations(Version... versions) {
        return migrations(List.of(versions));
    }

    public Subtype migrations(List<Version> versions) {
        return new Subtype(typeName, type, props, meta, MigrationSequence.ofProps(typeName, type, versions));
    }

    /** Data that does not name its sequence is left as it is. */
    public Subtype notRetroactive() {
        return new Subtype(typeName, type, props, meta, migrations.notRetroactive());
    }

    /** The record type it belongs to. */
    public String typeName() {
        return typeName;
    }

    public String type() {
        return type;
    }

    /** The fields of its properties; empty when these are any JSON value. */
    public Optional<List<Field>> propsFields() {
        return props == null ? Optional.empty() : Optional.of(props.fields());
    }

    public Validator propsValidator() {
        return props == null ? Validators.jsonValue() : props;
    }

    public Validator metaValidator() {
        return meta;
    }

    public MigrationSequence sequence() {
        return migrations;
    }

    /** The style properties among its properties. */
    public List<StyleProperty> styles() {
        return props == null
                ? List.of()
                : props.fields().stream()
                        .map(Field::validator)
                        .filter(StyleProperty.class::isInstance)
                        .map(StyleProperty.class::cast)
                        .toList();
    }

    /** The names of the properties that are that style. */
    public List<String> propsOf(StyleProperty style) {
        return props == null
                ? List.of()
                : props.fields().stream()
                        .filter(field -> field.validator() == style)
                        .map(Field::name)
                        .toList();
    }
}

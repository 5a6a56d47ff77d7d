package dev.drawbridge.schema;

import dev.drawbridge.json.JsonValue;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One kind of record.
 *
 * @param typeName  the value of its {@code typeName}
 * @param scope     where its records live
 * @param validator what a whole record must look like
 * @param sequences its history, and those of its subtypes
 */
public record RecordType(String typeName, RecordScope scope, Validator validator, List<MigrationSequence> sequences) {

    public RecordType {
        sequences = List.copyOf(sequences);
    }

    /** A record type whose history is the sequence {@code com.tldraw.<typeName>}. */
    public static RecordType of(String typeName, RecordScope scope, Validator validator, Version... versions) {
        return of(typeName, scope, validator, List.of(versions));
    }

    public static RecordType of(String typeName, RecordScope scope, Validator validator, List<Version> versions) {
        return new RecordType(typeName, scope, validator, List.of(MigrationSequence.ofRecords(typeName, versions)));
    }

    /** Data that does not name its sequences is left as it is. */
    public RecordType notRetroactive() {
        return new RecordType(
                typeName,
                scope,
                validator,
                sequences.stream().map(MigrationSequence::notRetroactive).toList());
    }

    /** The same type, whose records look like that. */
    public RecordType with(Validator records) {
        return new RecordType(typeName, scope, records, sequences);
    }

    /** The fields of its records; none when they are not known one by one. */
    public List<Field> fields() {
        return validator instanceof ObjectValidator object ? object.fields() : List.of();
    }

    /** What the {@code props} of each of its subtypes look like, by the name of the subtype; none when it has no subtypes. */
    public Map<String, Validator> propsBySubtype() {
        Map<String, Validator> props = new LinkedHashMap<>();
        if (validator instanceof UnionValidator union) {
            union.variants().forEach((subtype, record) -> {
                if (record instanceof ObjectValidator object) {
                    object.field("props").ifPresent(field -> props.put(subtype, field.validator()));
                }
            });
        }
        return props;
    }

    /** This type with the histories of its subtypes. */
    public RecordType with(Collection<Subtype> subtypes) {
        Stream<MigrationSequence> further = subtypes.stream().map(Subtype::sequence);
        return new RecordType(
                typeName,
                scope,
                validator,
                Stream.concat(sequences.stream(), further).toList());
    }

    /**
     * Checks a whole record.
     *
     * @param previous a version of the record that this type has accepted, or {@code null}
     */
    public void validate(@Nullable JsonValue previous, JsonValue record) throws ValidationException {
        Violation violation = validator.check(previous, record);
        if (violation != null) {
            throw new ValidationException(typeName, violation);
        }
    }
}

package dev.drawbridge.schema;

import dev.drawbridge.json.JsonNumber;
import dev.drawbridge.json.JsonObject;
import dev.drawbridge.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The history of one thing: of a record type, of a shape, of the store.
 *
 * @param id          for example {@code com.tldraw.shape.geo}
 * @param retroactive whether it concerns data whose schema does not name it (§3): such data is then taken to be older
 *                    than its first version. The data of a sequence that is not retroactive is left as it is.
 * @param migrations  the versions, from 1 on
 */
public record MigrationSequence(String id, boolean retroactive, List<Migration> migrations) {

    public MigrationSequence {
        migrations = List.copyOf(migrations);
        if (id.isEmpty() || id.contains("/")) {
            throw new IllegalArgumentException("a sequence id must not be empty or contain '/': \"" + id + '"');
        }
        for (int i = 0; i < migrations.size(); i++) {
            String expected = id + '/' + (i + 1);
            if (!migrations.get(i).id().equals(expected)) {
                throw new IllegalArgumentException(
                        "expected " + expected + ", got " + migrations.get(i).id());
            }
        }
    }

    /** A sequence whose record migrations are offered every record. */
    public static MigrationSequence of(String id, Version... versions) {
        return of(id, record -> true, UnaryOperator.identity(), List.of(versions));
    }

    /** A sequence whose record migrations are offered the records that fulfil a condition. */
    public static MigrationSequence of(String id, Predicate<JsonObject> filter, List<Version> versions) {
        return of(id, filter, UnaryOperator.identity(), versions);
    }

    /** The history of a record type, {@code com.tldraw.<type>}. */
    static MigrationSequence ofRecords(String typeName, List<Version> versions) {
        return of("com.tldraw." + typeName, isOfType(typeName), UnaryOperator.identity(), versions);
    }

    /** The history of the {@code props} of a subtype, {@code com.tldraw.<type>.<subtype>}. */
    static MigrationSequence ofProps(String typeName, String type, List<Version> versions) {
        Predicate<JsonObject> isOfSubtype = isOfType(typeName).and(record -> Js.is(record.get("type"), type));
        return of("com.tldraw." + typeName + '.' + type, isOfSubtype, edit -> Edit.within("props", edit), versions);
    }

    /** The same sequence, but data that does not name it is left as it is. */
    public MigrationSequence notRetroactive() {
        return new MigrationSequence(id, false, migrations);
    }

    /** The version that data has when all of the sequence has been run: 0 for an empty one. */
    public int version() {
        return migrations.size();
    }

    /**
     * How many of the migrations data has behind it whose schema gives that version (§3); empty when there is no such
     * version.
     */
    OptionalInt reachedBy(@Nullable JsonValue theirs) {
        if (theirs == null) {
            return OptionalInt.of(retroactive ? 0 : version());
        }
        if (Js.is(theirs, 0) || (retroactive && !(theirs instanceof JsonNumber))) {
            return OptionalInt.of(0);
        }
        String reached = id + '/' + Js.toText(theirs);
        return IntStream.rangeClosed(1, version())
                .filter(version -> migrations.get(version - 1).id().equals(reached))
                .findFirst();
    }

    private static Predicate<JsonObject> isOfType(String typeName) {
        return record -> Js.is(record.get("typeName"), typeName);
    }

    private static MigrationSequence of(
            String id, Predicate<JsonObject> filter, UnaryOperator<Edit> onRecord, List<Version> versions) {
        List<Migration> migrations = new ArrayList<>(versions.size());
        for (Version version : versions) {
            String migrationId = id + '/' + version.number();
            migrations.add(
                    switch (version.step()) {
                        case Version.Step.OnRecord(Edit up, Edit down) ->
                            new Migration.OnRecord(
                                    migrationId,
                                    version.name(),
                                    version.dependsOn(),
                                    filter,
                                    onRecord.apply(up),
                                    down == null ? null : onRecord.apply(down));
                        case Version.Step.OnStorage(StorageEdit up) ->
                            new Migration.OnStorage(migrationId, version.name(), version.dependsOn(), up);
                        case Version.Step.InCode() ->
                            new Migration.InCode(migrationId, version.name(), version.dependsOn(), filter);
                    });
        }
        return new MigrationSequence(id, true, migrations);
    }
}

package dev.drawbridge.bench.engine;

import dev.drawbridge.diff.ObjectDiff;
import dev.drawbridge.diff.RecordDiffer;
import dev.drawbridge.json.JsonNumber;
import dev.drawbridge.json.JsonObject;
import dev.drawbridge.room.Records;
import dev.drawbridge.schema.ClientCompatibility;
import dev.drawbridge.schema.MigratedStore;
import dev.drawbridge.schema.MigrationException;
import dev.drawbridge.schema.PackedRecord;
import dev.drawbridge.schema.RecordMigrations;
import dev.drawbridge.schema.SerializedSchema;
import dev.drawbridge.schema.StoreSchema;
import dev.drawbridge.schema.ValidationException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What it takes to compare, change, check and migrate one record, on the way of a push. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class RecordBenchmark {
    /** Characters of a drawing's path. */
    private static final int LONG_PATH = 5_000;

    private static final String OLDER = "5.0.1";

    private final StoreSchema schema = Fixtures.SCHEMA;

    private final JsonObject geo = Records.geo("a");
    private final JsonObject movedGeo = geo.with("x", JsonNumber.of(11));
    private final JsonObject resizedGeo = Records.withProp(geo, "w", "101");
    private final ObjectDiff moveOfGeo = RecordDiffer.STRING_APPENDS.diff(geo, movedGeo);
    private final ObjectDiff resizeOfGeo = RecordDiffer.STRING_APPENDS.diff(geo, resizedGeo);

    private final JsonObject draw = drawing("A".repeat(LONG_PATH));
    private final JsonObject longerDraw = drawing("A".repeat(LONG_PATH + 8));
    private final ObjectDiff growthOfDraw = RecordDiffer.STRING_APPENDS.diff(draw, longerDraw);

    private final JsonObject presence = Records.presence("a");
    private final JsonObject movedPresence =
            Records.with(presence, "cursor", "{'x':7,'y':8,'type':'default','rotation':0}");

    private final SerializedSchema older = Fixtures.schemaOf(OLDER);
    private final RecordMigrations migrations =
            ((ClientCompatibility.Compatible) schema.compatibilityWith(older)).migrations();
    private final JsonObject olderGeo = down(geo);
    private final JsonObject olderDraw = down(draw);
    private final Map<String, PackedRecord> olderStore = new LinkedHashMap<>();

    public RecordBenchmark() {
        for (int i = 0; i < 1_000; i++) {
            JsonObject record = down(Records.geo("g" + i));
            olderStore.put(Records.idOf(record), PackedRecord.of(record));
        }
    }

    private static JsonObject drawing(String path) {
        return Records.withProp(Records.draw("d"), "segments", "[{'type':'free','path':'" + path + "'}]");
    }

    private JsonObject down(JsonObject record) {
        try {
            return migrations.down(record);
        } catch (MigrationException e) {
            throw new IllegalStateException(e);
        }
    }

    // ---- diff and apply

    @Benchmark
    public ObjectDiff diffMovedGeo() {
        return RecordDiffer.STRING_APPENDS.diff(geo, movedGeo);
    }

    @Benchmark
    public ObjectDiff diffLongerDraw() {
        return RecordDiffer.STRING_APPENDS.diff(draw, longerDraw);
    }

    @Benchmark
    public ObjectDiff diffMovedPresence() {
        return RecordDiffer.STRING_APPENDS.diff(presence, movedPresence);
    }

    @Benchmark
    public JsonObject applyMoveOfGeo() {
        return moveOfGeo.applyTo(geo);
    }

    @Benchmark
    public JsonObject applyResizeOfGeo() {
        return resizeOfGeo.applyTo(geo);
    }

    @Benchmark
    public JsonObject applyGrowthOfDraw() {
        return growthOfDraw.applyTo(draw);
    }

    // ---- validate

    @Benchmark
    public void validateGeoInFull() throws ValidationException {
        schema.validate(null, geo);
    }

    @Benchmark
    public void validateMovedGeo() throws ValidationException {
        schema.validate(geo, movedGeo);
    }

    @Benchmark
    public void validateResizedGeo() throws ValidationException {
        schema.validate(geo, resizedGeo);
    }

    @Benchmark
    public void validateLongerDraw() throws ValidationException {
        schema.validate(draw, longerDraw);
    }

    @Benchmark
    public void validatePresenceInFull() throws ValidationException {
        schema.validate(null, presence);
    }

    @Benchmark
    public void validateMovedPresence() throws ValidationException {
        schema.validate(presence, movedPresence);
    }

    // ---- migrate, from and to tldraw 5.0

    @Benchmark
    public JsonObject migrateGeoUp() throws MigrationException {
        return migrations.up(olderGeo);
    }

    @Benchmark
    public JsonObject migrateGeoDown() throws MigrationException {
        return migrations.down(geo);
    }

    @Benchmark
    public JsonObject migrateDrawUp() throws MigrationException {
        return migrations.up(olderDraw);
    }

    @Benchmark
    public JsonObject migrateDrawDown() throws MigrationException {
        return migrations.down(draw);
    }

    @Benchmark
    public MigratedStore migrateThousandShapes() throws MigrationException {
        return schema.migrateStore(olderStore, older);
    }

    @Benchmark
    public ClientCompatibility compatibilityOfOlderSchema() {
        return schema.compatibilityWith(older);
    }
}

package dev.drawbridge.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.Cost;
import dev.drawbridge.json.Json;
import dev.drawbridge.json.JsonArray;
import dev.drawbridge.json.JsonException;
import dev.drawbridge.json.JsonNumber;
import dev.drawbridge.json.JsonObject;
import dev.drawbridge.json.JsonString;
import dev.drawbridge.json.JsonValue;
import dev.drawbridge.schema.tldraw.TldrawSchema;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Issue 10, point 1: whatever a client makes costs what it is worth. */
@DisplayName("[§21.6] What the schema does costs what its input is large")
class SchemaCostTest {
    private final StoreSchema schema =
            TldrawSchema.builder().random(new Random(1)).build();

    private static JsonObject parsed(String text) {
        try {
            return (JsonObject) Json.parse(text);
        } catch (JsonException e) {
            throw new AssertionError(e);
        }
    }

    private static String list(int count, String separator, IntFunction<String> item) {
        return IntStream.range(0, count).mapToObj(item).collect(Collectors.joining(separator));
    }

    @Nested
    @DisplayName("reading the schema of a client:")
    class Schemas {

        private Runnable reading(String text) {
            SerializedSchema theirs = new SerializedSchema(parsed(text));
            return () -> schema.compatibilityWith(theirs);
        }

        @Test
        @DisplayName(
                "[§9] a record type with a long name and many kinds: each kind had the long name written before it")
        void longNames() {
            Cost.assertLinear(
                    2_000,
                    size -> reading(
                            "{\"schemaVersion\":1,\"storeVersion\":1,\"recordVersions\":{\"" + "n".repeat(10 * size)
                                    + "\":{\"version\":1,\"subTypeKey\":\"type\",\"subTypeVersions\":{"
                                    + list(size, ",", i -> "\"" + i + "\":1") + "}}}}"));
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "{\"schemaVersion\":2,\"sequences\":\"%s\"}",
                    "{\"schemaVersion\":1,\"recordVersions\":\"%s\"}",
                    "{\"schemaVersion\":1,\"recordVersions\":{\"a\":{\"subTypeKey\":1,\"subTypeVersions\":\"%s\"}}}",
                    "{\"schemaVersion\":2,\"sequences\":{\"com.tldraw.store\":\"%s\"}}",
                    "{\"schemaVersion\":\"%s\",\"sequences\":{}}",
                })
        @DisplayName("[§8.2] a text of 200,000 characters makes no 200,000 objects")
        void textsInPlaceOfObjects(String form) {
            assertThat(Cost.inBytes(reading(form.formatted("a".repeat(200_000)))))
                    .isLessThan(200_000 * 16);
        }

        @Test
        @DisplayName("[§8.2] a list of 200,000 items makes no 200,000 members")
        void listsInPlaceOfObjects() {
            assertThat(Cost.inBytes(
                            reading("{\"schemaVersion\":2,\"sequences\":[" + list(200_000, ",", i -> "1") + "]}")))
                    .isLessThan(200_000);
        }
    }

    @Nested
    @DisplayName("validating:")
    class Validating {
        private static final String GEO = "{\"id\":\"shape:a\",\"typeName\":\"shape\",\"type\":\"geo\",\"x\":0,\"y\":0,"
                + "\"rotation\":0,\"index\":\"a1\",\"parentId\":\"page:page\",\"isLocked\":false,\"opacity\":1,\"meta\":{}}";

        private Runnable refusing(JsonObject record) {
            return () -> {
                try {
                    schema.validate(null, record);
                    throw new AssertionError("accepted");
                } catch (ValidationException e) {
                    assertThat(e.getMessage()).hasSizeLessThan(1_000);
                }
            };
        }

        @Test
        @DisplayName(
                "[§12.3] an array in place of an object is looked at as it is: it was made an object, at 100 bytes an item")
        void arraysInPlaceOfObjects() {
            JsonArray items = new JsonArray(Collections.nCopies(200_000, JsonNumber.of(1)));
            for (String key : new String[] {"props", "type", "x", "index"}) {
                assertThat(Cost.inBytes(refusing(parsed(GEO).with(key, items)))).isLessThan(100_000);
            }
        }

        @Test
        @DisplayName("[§12.3] the message of a refusal is short, whatever is refused")
        void refusals() {
            JsonValue text = JsonString.of("t".repeat(1_000_000));
            for (String key : new String[] {"id", "typeName", "type", "x", "index", "parentId", "props", "meta2"}) {
                assertThat(Cost.inBytes(refusing(parsed(GEO).with(key, text)))).isLessThan(100_000);
            }
            assertThat(Cost.inBytes(refusing(parsed(GEO).with("k".repeat(1_000_000), text))))
                    .isLessThan(100_000);
        }
    }

    @Test
    @DisplayName("an array is written as a text in one go, however deep it is")
    void nestedArraysAsText() {
        String words = "w".repeat(10_000);
        Cost.assertLinear(100, depth -> {
            JsonValue array = JsonString.of(words);
            for (int i = 0; i < depth; i++) {
                array = JsonArray.of(array);
            }
            JsonValue nested = array;
            return () -> assertThat(Js.toText(nested)).hasSize(words.length());
        });
        assertThat(Js.toText(JsonArray.of(JsonArray.of(), JsonNumber.of(1), JsonArray.of(JsonNumber.of(2)))))
                .isEqualTo(",1,2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"text", "geo", "draw", "highlight", "line", "arrow", "embed", "bookmark", "custom"})
    @DisplayName("[SCHEMA §5] a store of the earliest version is migrated for what it holds")
    void migrated(String type) {
        Cost.assertLinear(500, size -> migrating(type, size, size)); // more records, each as large
        Cost.assertLinear(2_000, size -> migrating(type, 1, size)); // one larger record
    }

    @Test
    @DisplayName(
            "[SCHEMA §5] one tree of a store is there at a time, and each record is unpacked a few times for all migrations")
    void unpacked() throws MigrationException {
        AtomicInteger unpacked = new AtomicInteger();
        Map<String, PackedRecord> store = new LinkedHashMap<>();
        for (int i = 0; i < 100; i++) {
            JsonObject record = parsed("{\"id\":\"shape:" + i
                    + "\",\"typeName\":\"shape\",\"type\":\"geo\",\"index\":\"a1\",\"props\":" + props(1) + "}");
            store.put("shape:" + i, new PackedRecord() {
                @Override
                public byte[] json() {
                    return Json.encode(record);
                }

                @Override
                public JsonObject unpack() {
                    unpacked.incrementAndGet();
                    return record;
                }
            });
        }

        schema.migrateStore(store, SerializedSchema.EARLIEST);

        assertThat(schema.migrations()).hasSizeGreaterThan(100);
        assertThat(unpacked.get()).isLessThanOrEqualTo(10 * store.size());
    }

    private Runnable migrating(String type, int count, int total) {
        int size = total / count;
        Map<String, JsonObject> records = new LinkedHashMap<>();
        for (int i = 0; i < count; i++) {
            records.put(
                    "shape:" + i,
                    parsed("{\"id\":\"shape:" + i + "\",\"typeName\":\"shape\",\"type\":\"" + type
                            + "\",\"index\":\"a10\",\"props\":" + props(size) + "}"));
        }
        Map<String, PackedRecord> store = Stores.packed(records);
        return () -> {
            try {
                assertThat(schema.migrateStore(store, SerializedSchema.EARLIEST).records())
                        .isNotEmpty();
            } catch (MigrationException e) {
                throw new AssertionError(e);
            }
        };
    }

    /** What any of the shapes has had, so that every migration has something to do. */
    private static String props(int size) {
        return "{\"opacity\":\"0.5\",\"align\":\"start\",\"url\":\"https://codepen.io/" + "a/embed/".repeat(size)
                + "?" + "a=b&".repeat(size) + "\",\"text\":\"" + "a\\n".repeat(size) + "\\n".repeat(size)
                + "\",\"label\":\"" + "l".repeat(size)
                + "\",\"segments\":[{\"type\":\"free\",\"points\":[{\"x\":0,\"y\":0,\"z\":0.5}"
                + ",{\"x\":1,\"y\":2,\"z\":0.25}".repeat(size) + "]}],\"handles\":{"
                + list(size, ",", i -> "\"h" + i + "\":{\"x\":1,\"y\":2,\"index\":\"a" + i + "\"}")
                + "},\"start\":{\"type\":\"binding\",\"normalizedAnchor\":{\"x\":1,\"y\":1},\"boundShapeId\":\"shape:b\"}"
                + ",\"end\":{\"x\":1,\"y\":1,\"type\":\"point\"}," + list(size, ",", i -> "\"k" + i + "\":" + i) + "}";
    }
}

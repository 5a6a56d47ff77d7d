package dev.drawbridge.schema.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drawbridge.json.Json;
import dev.drawbridge.json.JsonException;
import dev.drawbridge.json.JsonNumber;
import dev.drawbridge.json.JsonObject;
import dev.drawbridge.schema.ClientCompatibility;
import dev.drawbridge.schema.MigrationException;
import dev.drawbridge.schema.SerializedSchema;
import dev.drawbridge.schema.StoreSchema;
import dev.drawbridge.schema.ValidationException;
import dev.drawbridge.schema.tldraw.TldrawSchema;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Schema files")
class SchemaFilesTest {
    private static final String CARD = """
            {"version": 1, "styles": {"acme:status": ["todo", "done"]},
             "definitions": {"size": {"object": {"w": "nonZeroNumber", "h": "nonZeroNumber"}}},
             "shapes": {"card": {
               "description": "A card.",
               "props": {"title": "string", "color": {"style": "tldraw:color"}, "status": {"style": "acme:status"},
                         "size": {"ref": "size"}, "by": {"optional": {"id": "user"}}},
               "defaults": {"title": "", "color": "black"},
               "migrations": [
                 {"name": "AddColor", "up": [{"set": {"color": "black"}}], "down": [{"remove": "color"}]},
                 {"name": "Rename", "up": [{"rename": {"text": "title"}}], "down": [{"rename": {"title": "text"}}]}
               ]}}}""";

    private static StoreSchema schema(String... files) throws SchemaFileException {
        List<SchemaFile> read = new ArrayList<>();
        for (String file : files) {
            read.add(SchemaFile.parse((char) ('a' + read.size()) + ".json", file.getBytes(StandardCharsets.UTF_8)));
        }
        return SchemaFiles.build(TldrawSchema.builder(), read);
    }

    private static JsonObject json(String text) {
        try {
            return (JsonObject) Json.parse(text);
        } catch (JsonException e) {
            throw new AssertionError(e);
        }
    }

    private static JsonObject shape(String type, String props) {
        return json("""
                {"id":"shape:a","typeName":"shape","type":"%s","x":0,"y":0,"rotation":0,"index":"a1",\
                "parentId":"page:page","isLocked":false,"opacity":1,"meta":{},"props":%s}""".formatted(type, props));
    }

    private static SerializedSchema at(StoreSchema schema, String sequence, int version) {
        JsonObject json = schema.serialize().json();
        JsonObject sequences = (JsonObject) Objects.requireNonNull(json.get("sequences"));
        return new SerializedSchema(json.with("sequences", sequences.with(sequence, JsonNumber.of(version))));
    }

    @Nested
    @DisplayName("describe")
    class Describe {

        @Test
        @DisplayName("a shape, with its props, a style of its own and one of tldraw's, and what may be missing")
        void shape() throws SchemaFileException, ValidationException {
            StoreSchema schema = schema(CARD);
            JsonObject card = SchemaFilesTest.shape(
                    "card", "{\"title\":\"A\",\"color\":\"red\",\"status\":\"done\",\"size\":{\"w\":1,\"h\":2}}");
            schema.validate(null, card);
            assertThatThrownBy(
                            () -> schema.validate(
                                    null,
                                    SchemaFilesTest.shape(
                                            "card",
                                            "{\"title\":\"A\",\"color\":\"red\",\"status\":\"lost\",\"size\":{\"w\":1,\"h\":2}}")))
                    .isInstanceOf(ValidationException.class)
                    .hasMessageContaining("props.status");
            assertThatThrownBy(
                            () -> schema.validate(
                                    null,
                                    SchemaFilesTest.shape(
                                            "card",
                                            "{\"title\":\"A\",\"color\":\"red\",\"status\":\"done\",\"size\":{\"w\":1,\"h\":0}}")))
                    .hasMessageContaining("props.size.h");
            assertThat(schema.serialize().json().toString()).contains("\"com.tldraw.shape.card\":2");
        }

        @Test
        @DisplayName("how it became what it is, up and down")
        void migrations() throws SchemaFileException, MigrationException {
            StoreSchema schema = schema(CARD);
            ClientCompatibility served = schema.compatibilityWith(at(schema, "com.tldraw.shape.card", 0));
            assertThat(served).isInstanceOfSatisfying(ClientCompatibility.Compatible.class, compatible -> {
                try {
                    JsonObject up = compatible.migrations().up(SchemaFilesTest.shape("card", "{\"text\":\"A\"}"));
                    assertThat(up.get("props")).isEqualTo(json("{\"title\":\"A\",\"color\":\"black\"}"));
                    assertThat(compatible.migrations().down(up).get("props")).isEqualTo(json("{\"text\":\"A\"}"));
                } catch (MigrationException e) {
                    throw new AssertionError(e);
                }
            });
        }

        @Test
        @DisplayName("bindings, assets, record types of each scope, and sequences of single types of tldraw's")
        void others() throws SchemaFileException, ValidationException, MigrationException {
            StoreSchema schema = schema("""
                    {"version": 1,
                     "bindings": {"wire": {"props": {"index": "indexKey"}}},
                     "assets": {"model": {"props": {"src": {"nullable": "srcUrl"}}}},
                     "records": {
                       "column": {"scope": "document", "fields": {"name": "string"},
                                  "migrations": [{"up": [{"add": {"name": ""}}]}]},
                       "gaze": {"scope": "presence", "fields": {"x": "number"}},
                       "page": {"fields": {"meta": {"object": {"owner": "string"}}}}},
                     "sequences": {"com.acme.geo": {"for": {"typeName": "shape", "type": ["geo"]}, "migrations": [
                        {"up": [{"set": {"/meta/seen": true}}], "down": [{"remove": "/meta/seen"}]}]}}}""");
            schema.validate(null, json("{\"id\":\"column:1\",\"typeName\":\"column\",\"name\":\"A\"}"));
            schema.validate(null, json("""
                    {"id":"binding:1","typeName":"binding","type":"wire","fromId":"shape:a","toId":"shape:b",\
                    "props":{"index":"a1"},"meta":{}}"""));
            schema.validate(
                    null,
                    json(
                            "{\"id\":\"page:1\",\"typeName\":\"page\",\"name\":\"\",\"index\":\"a1\",\"meta\":{\"owner\":\"o\"}}"));
            assertThatThrownBy(
                            () -> schema.validate(
                                    null,
                                    json(
                                            "{\"id\":\"page:1\",\"typeName\":\"page\",\"name\":\"\",\"index\":\"a1\",\"meta\":{}}")))
                    .hasMessageContaining("meta.owner");
            assertThat(schema.presenceType()).contains("instance_presence");
            ClientCompatibility served = schema.compatibilityWith(at(schema, "com.acme.geo", 0));
            assertThat(served).isInstanceOfSatisfying(ClientCompatibility.Compatible.class, compatible -> {
                try {
                    assertThat(compatible
                                    .migrations()
                                    .up(SchemaFilesTest.shape("geo", "{}"))
                                    .get("meta"))
                            .isEqualTo(json("{\"seen\":true}"));
                    assertThat(compatible
                                    .migrations()
                                    .up(SchemaFilesTest.shape("text", "{}"))
                                    .get("meta"))
                            .isEqualTo(json("{}"));
                } catch (MigrationException e) {
                    throw new AssertionError(e);
                }
            });
        }

        @Test
        @DisplayName("more props for tldraw's own shapes, or others in their place")
        void changed() throws SchemaFileException, ValidationException {
            StoreSchema added = schema(
                    "{\"version\":1,\"shapes\":{\"group\":{\"props\":{\"note\":\"string\"},\"migrations\":{\"tldraw\":0}}}}");
            added.validate(null, SchemaFilesTest.shape("group", "{\"note\":\"\"}"));
            StoreSchema replaced =
                    schema("{\"version\":1,\"shapes\":{\"text\":{\"replace\":true,\"props\":{\"note\":\"string\"}}}}");
            replaced.validate(null, SchemaFilesTest.shape("text", "{\"note\":\"\"}"));
            assertThat(replaced.serialize()).isEqualTo(TldrawSchema.create().serialize());
        }

        @Test
        @DisplayName("in several files what belongs together; styles are common")
        void several() throws SchemaFileException, ValidationException {
            StoreSchema schema = schema(
                    "{\"version\":1,\"shapes\":{\"poll\":{\"props\":{\"status\":{\"style\":\"acme:status\"}}}}}", CARD);
            schema.validate(null, SchemaFilesTest.shape("poll", "{\"status\":\"todo\"}"));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{|a.json is not JSON at line 1, column 2",
                "[]|a.json: an array is no description of types; allowed are objects with $schema, $comment, version",
                "{}|a.json: \"version\" is missing; allowed are files with \"version\": 1",
                "{'version':2}|a.json at /version: 2 is no version of the format; allowed are 1",
                "{'version':1,'shape':{}}|a.json at /shape: \"shape\" is not known here; allowed are $schema,",
                "{'version':1,'shapes':{'card':{'props':{'title':'text'}}}}|a.json at /shapes/card/props/title: \"text\" is no validator; allowed are string, number,",
                "{'version':1,'shapes':{'a/b':{}}}|a.json at /shapes/a~1b: \"a/b\" is no name of a type",
                "{'version':1,'shapes':{'card':{'props':{'a':{'ref':'b'}}}}}|\"b\" is no definition of this file; allowed are names of \"definitions\", of which there are none",
                "{'version':1,'definitions':{'a':{'ref':'b'},'b':{'array':{'ref':'a'}}}}|leads back to itself",
                "{'version':1,'shapes':{'card':{'props':{'a':{'style':'acme:x'}}}}}|\"acme:x\" is no style; allowed are tldraw:",
                "{'version':1,'shapes':{'card':{'props':{'a':{'enum':[]}}}}}|a.json at /shapes/card/props/a/enum: the list is empty",
                "{'version':1,'shapes':{'card':{'props':{'a':{'enum':['x'],'array':'string'}}}}}|several validators: enum, array",
                "{'version':1,'shapes':{'card':{'props':{'a':'number'},'defaults':{'a':'x'}}}}|/defaults/a: it is not accepted: expected a finite number",
                "{'version':1,'shapes':{'card':{'props':{'a':'number'},'defaults':{'b':1}}}}|/defaults/b: there is no such property; allowed are a",
                "{'version':1,'shapes':{'card':{'replace':true}}}|tldraw has no such shape to replace",
                "{'version':1,'shapes':{'geo':{'migrations':{'tldraw':13}}}}|describes version 13 of com.tldraw.shape.geo, and this server knows 12; allowed are 12",
                "{'version':1,'shapes':{'geo':{'migrations':[]}}}|the migrations of this type are tldraw's; allowed are {\"tldraw\": 12}",
                "{'version':1,'shapes':{'card':{'migrations':[{}]}}}|a.json at /shapes/card/migrations/0: \"up\" is missing",
                "{'version':1,'shapes':{'card':{'migrations':[{'up':'code','down':[]}]}}}|/migrations/0/down: a step that is code has no way down",
                "{'version':1,'shapes':{'card':{'migrations':[{'up':[{'grow':1}]}]}}}|/up/0/grow: \"grow\" is no operation; allowed are objects with one of set, add",
                "{'version':1,'shapes':{'card':{'migrations':[{'up':[{'remove':'/a~2'}]}]}}}|is no place in a record",
                "{'version':1,'shapes':{'card':{'migrations':[{'up':[],'after':['com.acme/1']}]}}}|a.json at /shapes/card/migrations/0/after/0: \"com.acme/1\" is no migration; allowed are those of tldraw and of these files",
                "{'version':1,'shapes':{'card':{'migrations':[{'up':[],'after':['com.tldraw.shape.card/1']}]}}}|a.json: circular dependency in migrations: com.tldraw.shape.card/1",
                "{'version':1,'shapes':{'card':{}},'records':{'shape.card':{'scope':'session','fields':{}}}}|a.json at /records/shape.card: the migration sequence \"com.tldraw.shape.card\" is that of a.json at /shapes/card too",
                "{'version':1,'records':{'shape.geo':{'scope':'session','fields':{}}}}|a.json at /records/shape.geo: the migration sequence \"com.tldraw.shape.geo\" is tldraw's",
                "{'version':1,'shapes':{'card':{'props':{'a':{'style':'tldraw:color'},'b':{'style':'tldraw:color'}}}}}|a.json at /shapes/card: two properties have the style \"tldraw:color\"",
                "{'version':1,'shapes':{'geo':{'props':{'tint':{'style':'tldraw:color'}}}}}|a.json at /shapes/geo: two properties have the style \"tldraw:color\"",
                "{'version':1,'shapes':{'geo':{'replace':true}}}|a.json at /shapes/geo: \"props\" is missing",
                "{'version':1,'records':{'page':{'replace':true}}}|a.json at /records/page: \"fields\" is missing",
                "{'version':1,'shapes':{'card':{'props':{'a':{'dict':'number'}},'defaults':{'a':{'x\\ny':'z'}}}}}|/defaults/a: it is not accepted: x\\ny: expected a finite number",
                "{'version':1,'$schema':5}|a.json at /$schema: 5 is no text",
                "{'version':1,'shapes':{'card':{'description':5}}}|a.json at /shapes/card/description: 5 is no text",
                "{'version':1,'shapes':{'card':{'migrations':[{'description':5,'up':[]}]}}}|/migrations/0/description: 5 is no text",
                "{'version':1,'records':{'store':{'scope':'document','fields':{}}}}|\"store\" is no record type of one's own",
                "{'version':1,'records':{'a':{'scope':'documents','fields':{}}}}|\"documents\" is no scope; allowed are document, session, presence",
                "{'version':1,'records':{'a':{'scope':'document'}}}|neither \"fields\" nor \"validator\" is there",
                "{'version':1,'records':{'page':{'scope':'session'}}}|tldraw's page has another scope; allowed are document",
                "{'version':1,'sequences':{'com.tldraw.store':{'migrations':[]}}}|a.json at /sequences/com.tldraw.store: the migration sequence \"com.tldraw.store\" is tldraw's",
                "{'version':1,'styles':{'tldraw:color':['x']},'shapes':{'card':{'props':{'c':{'style':'tldraw:color'}}}}}|two different styles have the id tldraw:color"
            })
    @DisplayName("that are faulty are refused with the file, the place, and what is allowed there")
    void faults(String file, String sentence) {
        assertThatThrownBy(() -> schema(file.replace('\'', '"').replace("tldraw\"s", "tldraw's")))
                .isInstanceOf(SchemaFileException.class)
                .hasMessageStartingWith("a.json")
                .hasMessageContaining(sentence)
                .hasMessageContaining("; allowed are ");
    }

    @Test
    @DisplayName("that declare the same are refused, and both are named")
    void twice() {
        assertThatThrownBy(() -> schema(CARD, "{\"version\":1,\"shapes\":{\"card\":{}}}"))
                .isInstanceOf(SchemaFileException.class)
                .hasMessageStartingWith(
                        "b.json at /shapes/card: shape \"card\" is declared by a.json at /shapes/card too");
    }

    @Test
    @DisplayName("that are anything give a schema or a fault, and never something else")
    void anything() {
        Random random = new Random(14);
        String[] pieces = {
            "{", "}", "[", "]", "\"", "1", "null", ",", ":", "\"up\"", "\"object\"", "\"or\"", "\\u0000", "/"
        };
        int faults = 0;
        for (int i = 0; i < 5_000; i++) {
            StringBuilder file = new StringBuilder(CARD);
            for (int change = 0; change <= random.nextInt(3); change++) {
                int at = random.nextInt(file.length());
                int end = Math.min(file.length(), at + random.nextInt(8));
                file.replace(at, end, random.nextBoolean() ? "" : pieces[random.nextInt(pieces.length)]);
            }
            try {
                schema(file.toString());
            } catch (SchemaFileException e) {
                faults++;
                assertThat(e.getMessage()).doesNotContain("\n");
            }
        }
        assertThat(faults).isBetween(1_000, 5_000);
    }

    @Test
    @DisplayName("may describe many types: each costs the same, whatever the number of others")
    void many() throws SchemaFileException {
        StringBuilder shapes = new StringBuilder();
        StringBuilder sequences = new StringBuilder();
        for (int i = 0; i < 16_000; i++) {
            shapes.append(i == 0 ? "" : ",").append("\"s%d\":{}".formatted(i));
            sequences.append(i == 0 ? "" : ",").append("\"acme.%d\":{\"migrations\":[{\"up\":[]}]}".formatted(i));
        }
        StoreSchema schema = schema("{\"version\":1,\"shapes\":{%s},\"sequences\":{%s}}".formatted(shapes, sequences));
        assertThat(schema.migrations())
                .hasSize(TldrawSchema.create().migrations().size() + 16_000);
    }

    @Test
    @DisplayName("keep what tldraw says of the ids of a record type whose other fields they replace")
    void replacedRecord() throws SchemaFileException, ValidationException {
        StoreSchema schema = schema(
                "{\"version\":1,\"records\":{\"document\":{\"replace\":true,\"fields\":{\"name\":\"string\"}}}}");
        schema.validate(null, json("{\"id\":\"document:document\",\"typeName\":\"document\",\"name\":\"\"}"));
        JsonObject other = json("{\"id\":\"document:other\",\"typeName\":\"document\",\"name\":\"\"}");
        assertThatThrownBy(() -> schema.validate(null, other)).hasMessageContaining("document.id");
    }

    @Test
    @DisplayName("are bounded: in bytes, in depth, and in the ways to read one value")
    void bounds() {
        assertThatThrownBy(() -> schema(" ".repeat(SchemaFile.MOST_BYTES + 1))).hasMessageContaining("bytes");
        assertThatThrownBy(() -> schema("[".repeat(200_000))).isInstanceOf(SchemaFileException.class);
        StringBuilder doubling = new StringBuilder("{\"version\":1,\"definitions\":{\"d0\":\"string\"");
        for (int i = 1; i < 40; i++) {
            doubling.append(",\"d%d\":{\"or\":[{\"ref\":\"d%d\"},{\"ref\":\"d%d\"}]}".formatted(i, i - 1, i - 1));
        }
        assertThatThrownBy(() -> schema(doubling + "}}")).hasMessageContaining("ways to read one value");
        StringBuilder deep = new StringBuilder("{\"version\":1,\"definitions\":{\"d0\":\"string\"");
        for (int i = 1; i < 200; i++) {
            deep.append(",\"d%d\":{\"array\":{\"ref\":\"d%d\"}}".formatted(i, i - 1));
        }
        assertThatThrownBy(() -> schema(deep + "}}")).hasMessageContaining("nested too deep");
    }
}

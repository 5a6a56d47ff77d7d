package dev.drawbridge.schema.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.drawbridge.schema.tldraw.TldrawSchema;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The JSON Schema of schema files")
class TypesSchemaTest {
    private static final Schema SCHEMA = read();

    private static Schema read() {
        try (InputStream schema = Objects.requireNonNull(
                TypesSchemaTest.class.getResourceAsStream("/schema/drawbridge-types.schema.json"))) {
            return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                    .getSchema(new String(schema.readAllBytes(), StandardCharsets.UTF_8), InputFormat.JSON);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    static Stream<Path> described() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("src", "schema-cli", "test", "expected"))) {
            return Stream.concat(
                    Stream.of(Path.of("src", "test", "resources", "types", "tldraw.json")),
                    files.sorted().toList().stream());
        }
    }

    @ParameterizedTest
    @MethodSource("described")
    @DisplayName("accepts what is read here")
    void accepts(Path file) throws IOException, SchemaFileException {
        String text = Files.readString(file);
        SchemaFiles.build(
                TldrawSchema.builder(),
                List.of(SchemaFile.parse(file.toString(), text.getBytes(StandardCharsets.UTF_8))));
        assertThat(SCHEMA.validate(text, InputFormat.JSON)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "{}",
                "{'version':2}",
                "{'version':1,'shape':{}}",
                "{'version':1,'shapes':{'card':{'prop':{}}}}",
                "{'version':1,'$schema':5}",
                "{'version':1,'shapes':{'card':{'description':5}}}",
                "{'version':1,'shapes':{'geo':{'replace':true}}}",
                "{'version':1,'records':{'page':{'replace':true}}}",
                "{'version':1,'shapes':{'card':{'props':{'a':'text'}}}}",
                "{'version':1,'shapes':{'card':{'props':{'a':{}}}}}",
                "{'version':1,'shapes':{'card':{'props':{'a':{'enum':[]}}}}}",
                "{'version':1,'shapes':{'card':{'props':{'a':{'enum':['x'],'array':'string'}}}}}",
                "{'version':1,'shapes':{'card':{'props':{'a':{'array':'string','atLeast':3}}}}}",
                "{'version':1,'shapes':{'card':{'props':{'a':{'union':{}}}}}}",
                "{'version':1,'shapes':{'card':{'props':{'a':{'or':['string']}}}}}",
                "{'version':1,'shapes':{'card':{'migrations':[{}]}}}",
                "{'version':1,'shapes':{'card':{'migrations':[{'up':'magic'}]}}}",
                "{'version':1,'shapes':{'card':{'migrations':[{'up':'code','down':[]}]}}}",
                "{'version':1,'shapes':{'card':{'migrations':[{'up':[{'grow':1}]}]}}}",
                "{'version':1,'shapes':{'card':{'migrations':[{'up':[{'set':{},'add':{}}]}]}}}",
                "{'version':1,'shapes':{'card':{'migrations':[{'up':[{'when':{'at':'a'},'do':[]}]}]}}}",
                "{'version':1,'records':{'a':{'scope':'documents','fields':{}}}}",
                "{'version':1,'records':{'a':{'scope':'document','fields':{},'validator':'json'}}}",
                "{'version':1,'sequences':{'a':{}}}"
            })
    @DisplayName("refuses what is refused here")
    void refuses(String file) {
        String text = file.replace('\'', '"');
        assertThat(SCHEMA.validate(text, InputFormat.JSON)).isNotEmpty();
        assertThatThrownBy(() -> SchemaFiles.build(
                        TldrawSchema.builder(),
                        List.of(SchemaFile.parse("a.json", text.getBytes(StandardCharsets.UTF_8)))))
                .isInstanceOf(SchemaFileException.class);
    }
}

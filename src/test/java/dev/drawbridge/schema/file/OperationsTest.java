package dev.drawbridge.schema.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drawbridge.json.Json;
import dev.drawbridge.json.JsonArray;
import dev.drawbridge.json.JsonException;
import dev.drawbridge.json.JsonObject;
import dev.drawbridge.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("The operations of a step")
class OperationsTest {

    private static JsonValue json(String text) {
        try {
            return Json.parse(text.replace('\'', '"'));
        } catch (JsonException e) {
            throw new AssertionError(text, e);
        }
    }

    private static JsonObject run(String operations, String object) throws SchemaFileException {
        JsonArray list = JsonArray.of(json(operations));
        SchemaFile file = SchemaFile.parse("step.json", Json.write(list).getBytes(StandardCharsets.UTF_8));
        return OperationReader.read(Place.of(file)).apply((JsonObject) json(object), new Random(1));
    }

    @ParameterizedTest(name = "{0} makes {2} of {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'set':{'a':1,'b':null}}            | {'a':0}                   | {'a':1,'b':null}",
                "{'set':{'/o/a':1}}                  | {'o':{'b':2}}             | {'o':{'b':2,'a':1}}",
                "{'set':{'/o/a':1}}                  | {'o':[2]}                 | {'o':[2]}",
                "{'set':{'/x~1y/~0z':1}}             | {'x/y':{}}                | {'x/y':{'~z':1}}",
                "{'set':{'/':1}}                     | {}                        | {'':1}",
                "{'add':{'a':1,'b':1}}               | {'a':null}                | {'a':null,'b':1}",
                "{'remove':'a'}                      | {'a':1,'b':2}             | {'b':2}",
                "{'remove':['a','/o/b','c']}         | {'a':1,'o':{'b':2}}       | {'o':{}}",
                "{'remove':'/o/b'}                   | {'o':'text'}              | {'o':'text'}",
                "{'rename':{'a':'b'}}                | {'a':1,'b':2}             | {'b':1}",
                "{'rename':{'a':'b'}}                | {'b':2}                   | {}",
                "{'rename':{'/o/a':'b'}}             | {'o':{'a':1}}             | {'o':{'b':1}}",
                "{'rename':{'a':'a'}}                | {'a':1}                   | {'a':1}",
                "{'move':{'a':'/o/a'}}               | {'a':1,'o':{}}            | {'o':{'a':1}}",
                "{'move':{'/o/a':'a'}}               | {'a':1,'o':{'b':1}}       | {'o':{'b':1}}",
                "{'move':{'a':'a'}}                  | {'a':1}                   | {'a':1}",
                "{'copy':{'a':'b'}}                  | {'a':1,'b':2}             | {'a':1,'b':1}",
                "{'copy':{'a':'b'}}                  | {'b':2}                   | {}",
                "{'map':{'at':'a','values':{'x':'y'}}}                 | {'a':'x'}    | {'a':'y'}",
                "{'map':{'at':'a','values':{'x':'y'}}}                 | {'a':'z'}    | {'a':'z'}",
                "{'map':{'at':'a','values':{'x':'y'},'otherwise':null}} | {'a':'z'}   | {'a':null}",
                "{'map':{'at':'a','values':{'x':'y'},'otherwise':1}}   | {}           | {}",
                "{'map':{'at':'a','values':[[1,'one'],[{'b':2},true]]}} | {'a':1.0}   | {'a':'one'}",
                "{'map':{'at':'a','values':[[1,'one'],[{'b':2},true]]}} | {'a':{'b':2}} | {'a':true}",
                "{'wrap':{'at':'a','as':'v'}}        | {'a':1}                   | {'a':{'v':1}}",
                "{'wrap':{'at':'a','as':'v'}}        | {}                        | {}",
                "{'unwrap':{'at':'a','as':'v'}}      | {'a':{'v':1,'w':2}}       | {'a':1}",
                "{'unwrap':{'at':'a','as':'v'}}      | {'a':{'w':2}}             | {}",
                "{'unwrap':{'at':'a','as':'v'}}      | {'a':[1]}                 | {'a':[1]}",
                "{'toList':'a'}                      | {'a':1}                   | {'a':[1]}",
                "{'toList':'a'}                      | {}                        | {}",
                "{'firstOfList':'a'}                 | {'a':[1,2]}               | {'a':1}",
                "{'firstOfList':'a'}                 | {'a':[]}                  | {}",
                "{'firstOfList':'a'}                 | {'a':1}                   | {'a':1}",
                "{'each':{'at':'l','do':[{'set':{'a':1}}]}} | {'l':[{},2,{'a':0}]}      | {'l':[{'a':1},2,{'a':1}]}",
                "{'each':{'at':'l','do':[{'set':{'a':1}}]}} | {'l':{'x':{},'y':2}}      | {'l':{'x':{'a':1},'y':2}}",
                "{'each':{'at':'l','do':[{'set':{'a':1}}]}} | {'l':'text'}              | {'l':'text'}",
                "{'when':{'at':'a','is':1},'do':[{'set':{'b':1}}]}       | {'a':1}  | {'a':1,'b':1}",
                "{'when':{'at':'a','is':1},'do':[{'set':{'b':1}}]}       | {'a':2}  | {'a':2}",
                "{'when':{'at':'a','in':[1,2]},'do':[{'remove':'a'}],'otherwise':[{'set':{'a':1}}]} | {'a':2} | {}",
                "{'when':{'at':'a','in':[1,2]},'do':[{'remove':'a'}],'otherwise':[{'set':{'a':1}}]} | {} | {'a':1}",
                "{'when':{'at':'a','missing':true},'do':[{'set':{'a':1}}]} | {}       | {'a':1}",
                "{'when':{'at':'a','missing':true},'do':[{'set':{'a':1}}]} | {'a':null} | {'a':null}",
                "{'toNumber':'a'}                    | {'a':'0x10'}              | {'a':16}",
                "{'toNumber':'a'}                    | {'a':'text'}              | {'a':null}",
                "{'toNumber':'a'}                    | {'a':null}                | {'a':0}",
                "{'toNumber':'a'}                    | {'a':[1]}                 | {'a':[1]}",
                "{'toText':'a'}                      | {'a':1e21}                | {'a':'1e+21'}",
                "{'toText':'a'}                      | {'a':true}                | {'a':'true'}",
                "{'toText':'a'}                      | {}                        | {}",
                "{'multiply':{'at':'a','by':0.5}}    | {'a':3}                   | {'a':1.5}",
                "{'multiply':{'at':'a','by':1e300}}  | {'a':1e300}               | {'a':null}",
                "{'multiply':{'at':'a','by':2}}      | {'a':'3'}                 | {'a':'3'}",
                "{'textToRichText':{'from':'t','to':'r'}} | {'t':'a\\n'}         | {'r':{'type':'doc','content':[{'type':'paragraph','content':[{'type':'text','text':'a'}]},{'type':'paragraph'}]}}",
                "{'richTextToText':{'from':'r','to':'t'}} | {'r':{'type':'doc','content':[{'type':'paragraph','content':[{'type':'text','text':'a'}]},{'type':'paragraph'}]}} | {'t':'a\\n'}",
                "{'richTextToText':{'from':'r','to':'t'}} | {'t':1}              | {}"
            })
    @DisplayName("change a record")
    void change(String operation, String before, String after) throws SchemaFileException {
        assertThat(run(operation, before)).isEqualTo(json(after));
    }

    @ParameterizedTest(name = "{0} fails on {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'set':{'/o/a':1}}                        | {}",
                "{'set':{'/o/a':1}}                        | {'o':null}",
                "{'set':{'/o/a':1}}                        | {'o':'text'}",
                "{'remove':'/o/a'}                         | {}",
                "{'copy':{'/o/a':'b'}}                     | {}",
                "{'move':{'a':'/o/b'}}                     | {'a':1}",
                "{'each':{'at':'/o/l','do':[]}}            | {}",
                "{'when':{'at':'/o/a','is':1},'do':[]}     | {}",
                "{'textToRichText':{'from':'t','to':'r'}}  | {}"
            })
    @DisplayName("fail where JavaScript would: the object around the last name has to be there")
    void fail(String operation, String before) {
        assertThatThrownBy(() -> run(operation, before)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    @DisplayName("may be many: none lies deeper for the others before it")
    void many() throws SchemaFileException {
        String file = "[" + "{\"set\":{\"a\":1}},".repeat(100_000) + "{\"set\":{\"a\":2}}]";
        JsonObject object = OperationReader.read(
                        Place.of(SchemaFile.parse("step.json", file.getBytes(StandardCharsets.UTF_8))))
                .apply(JsonObject.EMPTY, new Random(1));
        assertThat(object).isEqualTo(json("{'a':2}"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "1|step.json at /0: 1 is no operation; allowed are objects with one of set, add",
                "{}|step.json at /0: this object has 0 keys; allowed are",
                "{'set':{},'add':{}}|step.json at /0: this object has 2 keys; allowed are",
                "{'set':1}|step.json at /0/set: 1 is no object; allowed are objects",
                "{'remove':[1]}|step.json at /0/remove/0: 1 is no text; allowed are names of properties, and JSON Pointers",
                "{'rename':{'a':1}}|step.json at /0/rename/a: 1 is no text; allowed are names of properties",
                "{'move':{'/~':'a'}}|step.json at /0/move/~1~0: \"/~\" is no place in a record; allowed are",
                "{'map':{'at':'a'}}|step.json at /0/map: \"values\" is missing; allowed are",
                "{'map':{'at':'a','values':1}}|step.json at /0/map/values: 1 is no mapping; allowed are objects, and lists of pairs",
                "{'map':{'at':'a','values':[[1]]}}|step.json at /0/map/values/0: the list has 1; allowed are lists of an old and a new value",
                "{'wrap':{'at':'a'}}|step.json at /0/wrap: \"as\" is missing; allowed are \"at\" and \"as\"",
                "{'wrap':{'at':'a','as':'b','by':1}}|step.json at /0/wrap/by: \"by\" is not known here; allowed are at, as",
                "{'each':{'at':'a'}}|step.json at /0/each: \"do\" is missing; allowed are",
                "{'when':{'at':'a'},'do':[]}|step.json at /0/when: this is no condition; allowed are \"at\" with one of is, in, missing",
                "{'when':{'at':'a','is':1,'in':[]},'do':[]}|step.json at /0/when: this is no condition",
                "{'when':{'at':'a','is':1}}|step.json at /0: \"do\" is missing; allowed are",
                "{'multiply':{'at':'a','by':'2'}}|step.json at /0/multiply/by: \"2\" is no number; allowed are finite numbers",
                "{'multiply':{'at':'a','by':1e999}}|step.json at /0/multiply/by: null is no number",
                "{'textToRichText':{'from':'a'}}|step.json at /0/textToRichText: \"to\" is missing; allowed are"
            })
    @DisplayName("that are none are refused with their place, and with what is allowed there")
    void faults(String operation, String sentence) {
        assertThatThrownBy(() -> run(operation, "{}"))
                .isInstanceOf(SchemaFileException.class)
                .hasMessageContaining(sentence)
                .hasMessageContaining("; allowed are ");
    }
}

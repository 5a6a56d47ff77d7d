package dev.drawbridge.diff;

import static dev.drawbridge.json.JsonText.json;
import static dev.drawbridge.json.JsonText.object;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.drawbridge.json.JsonObject;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("[§5] applying an object diff")
class ObjectDiffTest {

    @ParameterizedTest(name = "{0} with {1} is {2}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                // put
                "{'a':1} | {'a':['put',2]}             | {'a':2}",
                "{}      | {'a':['put',[1]]}           | {'a':[1]}",
                "{'a':1} | {'a':['put',null]}          | {'a':null}",
                "{'a':1} | {'b':['put',1]}             | {'a':1,'b':1}",
                // delete
                "{'a':1,'b':2} | {'a':['delete']}      | {'b':2}",
                "{'a':1} | {'a':['delete',5]}          | {}",
                // append to a string
                "{'a':'ab'} | {'a':['append','cd',2]}  | {'a':'abcd'}",
                "{'a':''} | {'a':['append','x',0]}     | {'a':'x'}",
                // append to an array
                "{'a':[1]} | {'a':['append',[2,3],1]}  | {'a':[1,2,3]}",
                "{'a':[]} | {'a':['append',['x'],0]}   | {'a':['x']}",
                // patch
                "{'a':{'b':1,'c':2}} | {'a':['patch',{'b':['put',3]}]}                | {'a':{'b':3,'c':2}}",
                "{'a':{'b':{'c':1}}} | {'a':['patch',{'b':['patch',{'c':['delete']}]}]} | {'a':{'b':{}}}",
                "{'a':[1,2,3]} | {'a':['patch',{'1':['put',9]}]}                      | {'a':[1,9,3]}",
                "{'a':[{'x':1}]} | {'a':['patch',{'0':['patch',{'x':['put',2]}]}]}    | {'a':[{'x':2}]}",
                "{'a':['x']} | {'a':['patch',{'0':['append','y',1]}]}                 | {'a':['xy']}",
            })
    @DisplayName("[§5] every kind of operation")
    void effect(String before, String diff, String after) {
        assertThat(apply(before, diff)).isEqualTo(object(after));
    }

    @ParameterizedTest(name = "{0} stays as it is with {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "{'a':1} | {}",
                "{'a':1} | {'a':['put',1.0]}",
                "{'a':0} | {'a':['put',-0]}",
                "{'a':{'x':1,'y':2}} | {'a':['put',{'y':2,'x':1}]}",
                "{'a':1} | {'b':['delete']}",
                // append: other length, other kind, nothing there, no offset, nothing to append
                "{'a':'ab'} | {'a':['append','cd',1]}",
                "{'a':'ab'} | {'a':['append','cd',3]}",
                "{'a':'ab'} | {'a':['append',['cd'],2]}",
                "{'a':'ab'} | {'a':['append','cd']}",
                "{'a':'ab'} | {'a':['append','cd','2']}",
                "{'a':'ab'} | {'a':['append','',2]}",
                "{'a':[1]} | {'a':['append',[2],0]}",
                "{'a':[1]} | {'a':['append','2',1]}",
                "{'a':[1]} | {'a':['append',[],1]}",
                "{'a':1} | {'a':['append','x',0]}",
                "{'a':null} | {'a':['append','x',0]}",
                "{} | {'a':['append','x',0]}",
                // patch of what cannot be patched
                "{'a':1} | {'a':['patch',{'b':['put',1]}]}",
                "{'a':null} | {'a':['patch',{'b':['put',1]}]}",
                "{'a':'x'} | {'a':['patch',{'0':['put','y']}]}",
                "{} | {'a':['patch',{'b':['put',1]}]}",
                "{'a':{'b':1}} | {'a':['patch',{'b':['put',1]}]}",
                // array indices that would leave a hole, and items that cannot be deleted (§19)
                "{'a':[1]} | {'a':['patch',{'2':['put',1]}]}",
                "{'a':[1]} | {'a':['patch',{'-1':['put',1]}]}",
                "{'a':[1]} | {'a':['patch',{'x':['put',1]}]}",
                "{'a':[1]} | {'a':['patch',{'00':['put',2]}]}",
                "{'a':[1]} | {'a':['patch',{'length':['put',0]}]}",
                "{'a':[1]} | {'a':['patch',{'99999999999':['put',0]}]}",
                "{'a':[1]} | {'a':['patch',{'0':['delete']}]}",
                // operations of a kind that is to be ignored
                "{'a':1} | {'a':['frobnicate',1]}",
                "{'a':1} | {'a':[]}",
                "{'a':1} | {'a':[1,2]}",
            })
    @DisplayName("[§5] no effect gives the very same object")
    void noEffect(String before, String diff) {
        JsonObject object = object(before);

        assertThat(diff(diff).applyTo(object)).isSameAs(object);
    }

    @Test
    @DisplayName("[§5] an effect and none in the same diff")
    void partly() {
        assertThat(apply("{'a':1,'b':2}", "{'a':['put',1],'b':['put',3],'c':['delete']}"))
                .isEqualTo(object("{'a':1,'b':3}"));
    }

    @Test
    @DisplayName("[§5] what is not touched is shared with the old object")
    void sharing() {
        JsonObject before = object("{'a':{'x':1},'b':{'y':1}}");

        JsonObject after = diff("{'b':['patch',{'y':['put',2]}]}").applyTo(before);

        assertThat(after.get("a")).isSameAs(before.get("a"));
        assertThat(before).isEqualTo(object("{'a':{'x':1},'b':{'y':1}}"));
    }

    @Nested
    class Units {

        @Test
        @DisplayName("[§5] [§19] the offset of an append counts UTF-16 units")
        void offset() {
            assertThat(apply("{'a':'\uD83D\uDE00'}", "{'a':['append','x',2]}"))
                    .isEqualTo(object("{'a':'\uD83D\uDE00x'}"));
            assertThat(apply("{'a':'\uD83D\uDE00'}", "{'a':['append','x',1]}"))
                    .isEqualTo(object("{'a':'\uD83D\uDE00'}"));
        }

        @Test
        @DisplayName("[§19] a lone high surrogate and an appended low one become a pair")
        void pair() {
            assertThat(apply("{'a':'\\ud83d'}", "{'a':['append','\\ude00',1]}"))
                    .isEqualTo(object("{'a':'\uD83D\uDE00'}"));
        }
    }

    @Test
    @DisplayName("[§19] an index equal to the length makes the array grow")
    void growth() {
        assertThat(apply("{'a':[1,2]}", "{'a':['patch',{'2':['put',3]}]}")).isEqualTo(object("{'a':[1,2,3]}"));
    }

    @Test
    @DisplayName("[§21.8] a key that JavaScript's objects inherit is a key like any other")
    void keysAreData() {
        assertThat(apply("{'a':{}}", "{'a':['patch',{'constructor':['put',{'x':1}]}]}"))
                .isEqualTo(object("{'a':{'constructor':{'x':1}}}"));
        assertThat(apply("{}", "{'constructor':['delete'],'toString':['append','x',0]}"))
                .isEqualTo(JsonObject.EMPTY);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "['put',{'x':1}]",
                "['put',2]",
                "['delete']",
                "['append','x',0]",
                "['patch',{'x':['put',2]}]",
                "null",
                "['patch']",
            })
    @DisplayName("[§21.20] an operation under __proto__ says nothing, at any depth")
    void underProto(String op) {
        assertThat(apply("{'__proto__':{'x':1},'a':1}", "{'__proto__':" + op + "}"))
                .isEqualTo(object("{'__proto__':{'x':1},'a':1}"));
        assertThat(apply("{'a':{}}", "{'a':['patch',{'__proto__':" + op + "}]}"))
                .isEqualTo(object("{'a':{}}"));
        assertThat(apply("{'a':[1]}", "{'a':['patch',{'__proto__':" + op + "}]}"))
                .isEqualTo(object("{'a':[1]}"));
    }

    @Test
    @DisplayName("[§21.20] a put without a value puts undefined, which counts as absent")
    void undefined() {
        assertThat(apply("{'a':1,'b':2}", "{'a':['put']}")).isEqualTo(object("{'b':2}"));
        assertThat(apply("{'b':2}", "{'a':['put']}")).isEqualTo(object("{'b':2}"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "{'a':null}",
                "{'a':['patch']}",
                "{'a':['patch',null]}",
                "{'a':['patch',{'b':null}]}",
            })
    @DisplayName("[§12.2] a diff without the form of one is no diff")
    void malformed(String diff) {
        assertThatExceptionOfType(MalformedDiffException.class).isThrownBy(() -> ObjectDiff.read(json(diff)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "5",
                "'put'",
                "[]",
                "[['put',1]]",
                "{'a':5}",
                "{'a':true}",
                "{'a':'put'}",
                "{'a':{}}",
                "{'a':{'0':'put','1':9}}",
                "{'a':['patch',5]}",
                "{'a':['patch',[['put',3]]]}",
            })
    @DisplayName("[§5] [§21.13] what is no diff, or no operation, says nothing")
    void nothing(String diff) {
        JsonObject object = object("{'a':{'0':1},'b':2}");
        assertThat(diff(diff).applyTo(object)).isSameAs(object);
    }

    private static JsonObject apply(String object, String diff) {
        return diff(diff).applyTo(object(object));
    }

    private static ObjectDiff diff(String text) {
        try {
            return ObjectDiff.read(json(text));
        } catch (MalformedDiffException e) {
            throw new AssertionError(e);
        }
    }
}

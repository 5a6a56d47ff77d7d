package dev.drawbridge.diff;

import static dev.drawbridge.json.JsonText.object;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.json.JsonObject;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("[§6] computing the diff of two versions of a record")
class RecordDifferTest {

    @ParameterizedTest(name = "{0} to {1} is {2}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "{'a':1} | {'a':1}             | {}",
                "{'a':1,'b':2} | {'b':2}       | {'a':['delete']}",
                "{'a':1} | {'a':1,'b':null}    | {'b':['put',null]}",
                "{'a':1} | {'a':2}             | {'a':['put',2]}",
                "{'a':1,'b':2} | {'b':3,'c':4} | {'a':['delete'],'b':['put',3],'c':['put',4]}",
            })
    @DisplayName("[§6.1] keys that came and went, at the top")
    void topLevel(String prev, String next, String diff) {
        assertDiff(prev, next, diff);
    }

    @ParameterizedTest(name = "{0} to {1} is {2}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "{'props':{'a':1,'b':2}} | {'props':{'b':3,'c':4}} | {'props':['patch',{'a':['delete'],'b':['put',3],'c':['put',4]}]}",
                "{'meta':{'a':1}} | {'meta':{'a':2}}               | {'meta':['patch',{'a':['put',2]}]}",
                "{'props':{'a':1}} | {'props':{'a':1}}             | {}",
                "{'other':{'a':1}} | {'other':{'a':2}}             | {'other':['put',{'a':2}]}",
                "{'other':{'a':1,'b':2}} | {'other':{'b':2,'a':1}} | {}",
                // objects inside props and meta are put whole: a patch goes one level deep
                "{'props':{'o':{'x':1,'y':1}}} | {'props':{'o':{'x':2,'y':1}}} | {'props':['patch',{'o':['put',{'x':2,'y':1}]}]}",
                "{'meta':{'meta':{'x':1}}} | {'meta':{'meta':{'x':2}}}         | {'meta':['patch',{'meta':['put',{'x':2}]}]}",
                "{'props':{'props':{'x':1}}} | {'props':{'props':{'x':2}}}     | {'props':['patch',{'props':['put',{'x':2}]}]}",
                // props or meta that are no objects
                "{'meta':1} | {'meta':{'a':1}}    | {'meta':['put',{'a':1}]}",
                "{'meta':{'a':1}} | {'meta':null} | {'meta':['put',null]}",
                "{'meta':{'a':1}} | {'meta':[1]}  | {'meta':['put',[1]]}",
                "{'meta':null} | {'meta':null}    | {}",
                "{'meta':[1]} | {'meta':[1,2]}    | {'meta':['append',[2],1]}",
                "{'meta':'a'} | {'meta':'ab'}     | {'meta':['append','b',1]}",
                // numbers are equal as JavaScript has it
                "{'a':1} | {'a':1.0}  | {}",
                "{'a':0} | {'a':-0.0} | {}",
                "{'a':1} | {'a':'1'}  | {'a':['put','1']}",
                "{'a':0} | {'a':false} | {'a':['put',false]}",
            })
    @DisplayName("[§6.2] only props and meta are patched, everything else is put")
    void nested(String prev, String next, String diff) {
        assertDiff(prev, next, diff);
    }

    @ParameterizedTest(name = "{0} to {1} is {2}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "{'a':'abc'} | {'a':'abcdef'} | {'a':['append','def',3]}",
                "{'a':''} | {'a':'x'}         | {'a':['append','x',0]}",
                "{'a':'abc'} | {'a':'abc'}    | {}",
                "{'a':'abc'} | {'a':'ab'}     | {'a':['put','ab']}",
                "{'a':'abc'} | {'a':'xabc'}   | {'a':['put','xabc']}",
                "{'a':'abc'} | {'a':''}       | {'a':['put','']}",
                "{'a':'abc'} | {'a':null}     | {'a':['put',null]}",
                "{'props':{'t':'a'}} | {'props':{'t':'ab'}} | {'props':['patch',{'t':['append','b',1]}]}",
                "{'a':'\uD83D\uDE00'} | {'a':'\uD83D\uDE00!'} | {'a':['append','!',2]}",
                "{'a':'\\ud83d'} | {'a':'\uD83D\uDE00'}       | {'a':['append','\\ude00',1]}",
            })
    @DisplayName("[§6.3] a string that grew at its end is appended to")
    void strings(String prev, String next, String diff) {
        assertDiff(prev, next, diff);
    }

    @ParameterizedTest(name = "{0} to {1} is {2}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "{'a':'abc'} | {'a':'abcdef'} | {'a':['put','abcdef']}",
                "{'a':''} | {'a':'x'} | {'a':['put','x']}",
                "{'props':{'t':'a'}} | {'props':{'t':'ab'}} | {'props':['patch',{'t':['put','ab']}]}",
                "{'meta':'a'} | {'meta':'ab'} | {'meta':['put','ab']}",
                "{'a':['x','y']} | {'a':['xz','y']} | {'a':['patch',{'0':['put','xz']}]}",
                "{'a':[{'t':'x'}]} | {'a':[{'t':'xy'}]} | {'a':['patch',{'0':['patch',{'t':['put','xy']}]}]}",
                "{'a':[1]} | {'a':[1,2]} | {'a':['append',[2],1]}",
            })
    @DisplayName("[§6.3] [§12] without string appends every changed string is put; arrays are appended to all the same")
    void noStringAppends(String prev, String next, String diff) {
        assertThat(RecordDiffer.NO_STRING_APPENDS
                        .diff(object(prev), object(next))
                        .toJson())
                .isEqualTo(object(diff));
    }

    @ParameterizedTest(name = "{0} to {1} is {2}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "{'a':[1,2]} | {'a':[1,2]} | {}",
                "{'a':[]} | {'a':[]}       | {}",
                "{'a':[1]} | {'a':[2]}     | {'a':['patch',{'0':['put',2]}]}",
                // at most max(n/5, 1) items are patched
                "{'a':[1,2,3]} | {'a':[1,9,3]}                   | {'a':['patch',{'1':['put',9]}]}",
                "{'a':[1,2,3]} | {'a':[8,9,3]}                   | {'a':['put',[8,9,3]]}",
                "{'a':[1,2,3,4,5,6,7,8,9]} | {'a':[0,0,3,4,5,6,7,8,9]} | {'a':['put',[0,0,3,4,5,6,7,8,9]]}",
                "{'a':[1,2,3,4,5,6,7,8,9,10]} | {'a':[0,0,3,4,5,6,7,8,9,10]} | {'a':['patch',{'0':['put',0],'1':['put',0]}]}",
                "{'a':[1,2,3,4,5,6,7,8,9,10]} | {'a':[0,0,0,4,5,6,7,8,9,10]} | {'a':['put',[0,0,0,4,5,6,7,8,9,10]]}",
                "{'a':[1,2,3,4,5,6,7,8,9,10,11]} | {'a':[0,0,3,4,5,6,7,8,9,10,11]} | {'a':['patch',{'0':['put',0],'1':['put',0]}]}",
                // the operation on an item
                "{'a':[{'x':1,'y':1}]} | {'a':[{'x':2,'y':1}]}   | {'a':['patch',{'0':['patch',{'x':['put',2]}]}]}",
                "{'a':[{'x':{'y':1}}]} | {'a':[{'x':{'y':2}}]}   | {'a':['patch',{'0':['patch',{'x':['put',{'y':2}]}]}]}",
                "{'a':[{'props':{'y':1}}]} | {'a':[{'props':{'y':2}}]} | {'a':['patch',{'0':['patch',{'props':['put',{'y':2}]}]}]}",
                "{'a':[{'x':1}]} | {'a':[null]}                  | {'a':['patch',{'0':['put',null]}]}",
                "{'a':[0]} | {'a':[{'x':1}]}                     | {'a':['patch',{'0':['put',{'x':1}]}]}",
                "{'a':['']} | {'a':['x']}                        | {'a':['patch',{'0':['put','x']}]}",
                "{'a':['x']} | {'a':['xy']}                      | {'a':['patch',{'0':['put','xy']}]}",
                "{'a':[true]} | {'a':[{'x':1}]}                  | {'a':['patch',{'0':['put',{'x':1}]}]}",
                "{'a':[[1]]} | {'a':[[1,2]]}                     | {'a':['patch',{'0':['append',[2],1]}]}",
                "{'a':[[1,2]]} | {'a':[[1,3]]}                   | {'a':['patch',{'0':['patch',{'1':['put',3]}]}]}",
                "{'a':[[1,2]]} | {'a':[[3,4]]}                   | {'a':['patch',{'0':['put',[3,4]]}]}",
                "{'a':[{'t':'x'}]} | {'a':[{'t':'xy'}]}          | {'a':['patch',{'0':['patch',{'t':['append','y',1]}]}]}",
            })
    @DisplayName("[§6.4] arrays of equal length")
    void arrays(String prev, String next, String diff) {
        assertDiff(prev, next, diff);
    }

    @ParameterizedTest(name = "{0} to {1} is {2}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "{'a':[]} | {'a':[1]}           | {'a':['append',[1],0]}",
                "{'a':[1]} | {'a':[1,2,3]}      | {'a':['append',[2,3],1]}",
                "{'a':[{'x':1,'y':2}]} | {'a':[{'y':2,'x':1},3]} | {'a':['append',[3],1]}",
                "{'a':[1,2]} | {'a':[1,9,3]}    | {'a':['put',[1,9,3]]}",
                "{'a':[1,2]} | {'a':[1]}        | {'a':['put',[1]]}",
                "{'a':[1,2]} | {'a':[]}         | {'a':['put',[]]}",
                "{'props':{'a':[1]}} | {'props':{'a':[1,2]}} | {'props':['patch',{'a':['append',[2],1]}]}",
            })
    @DisplayName("[§6.5] arrays of different length")
    void growingArrays(String prev, String next, String diff) {
        assertDiff(prev, next, diff);
    }

    @Test
    @DisplayName("[§6] equal records have the one empty diff")
    void equal() {
        assertThat(RecordDiffer.STRING_APPENDS.diff(object("{'a':[1,{'b':2}]}"), object("{'a':[1,{'b':2}]}")))
                .isSameAs(ObjectDiff.EMPTY);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "{'meta':{'constructor':1}} | {'meta':{'toString':2}} | {'meta':['patch',{'constructor':['delete'],'toString':['put',2]}]}",
                "{'meta':{'constructor':1}} | {'meta':{'constructor':2}} | {'meta':['patch',{'constructor':['put',2]}]}",
            })
    @DisplayName("[§21.8] [§6] a key that JavaScript's objects inherit is compared like any other")
    void keysAreData(String prev, String next, String diff) {
        assertDiff(prev, next, diff);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "{'meta':{}} | {'meta':{'__proto__':2}} | {}",
                "{'meta':{'__proto__':1}} | {'meta':{}} | {}",
                "{'meta':{'__proto__':1}} | {'meta':{'__proto__':2,'a':3}} | {'meta':['patch',{'a':['put',3]}]}",
                "{'meta':{'a':[{'b':1}]}} | {'meta':{'a':[{'b':1,'__proto__':2}]}} | {}",
                "{'meta':{'a':{'b':1}}} | {'meta':{'a':{'b':1,'__proto__':2}}} | {'meta':['patch',{'a':['put',{'b':1,'__proto__':2}]}]}",
            })
    @DisplayName("[§21.20] of __proto__ no diff tells; in what is put whole it is data")
    void untold(String prev, String next, String diff) {
        assertDiff(prev, next, diff);
        JsonObject before = object(prev);
        JsonObject after = object(next);
        ObjectDiff told = RecordDiffer.STRING_APPENDS.diff(before, after);
        assertThat(RecordDiffer.reached(before, after, told)).isEqualTo(told.applyTo(before));
    }

    @Test
    @DisplayName("[§21.20] what differs in nothing untold is reached as it is, at no cost")
    void reached() {
        JsonObject before = object("{'meta':{'__proto__':1,'a':1}}");
        JsonObject after = object("{'meta':{'__proto__':1,'a':2}}");
        ObjectDiff told = RecordDiffer.STRING_APPENDS.diff(before, after);

        assertThat(RecordDiffer.reached(before, after, told)).isSameAs(after);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "{'meta':[1]} | {'meta':{'a':1}} | {'meta':['put',{'a':1}]}",
                "{'meta':{'a':1}} | {'meta':[1]} | {'meta':['put',[1]]}",
                "{'meta':[]} | {'meta':{}} | {'meta':['put',{}]}",
                "{'meta':{'x':[1]}} | {'meta':{'x':{'a':1}}} | {'meta':['patch',{'x':['put',{'a':1}]}]}",
                "{'meta':{'x':[[1],2]}} | {'meta':{'x':[{'a':1},2]}} | {'meta':['patch',{'x':['patch',{'0':['put',{'a':1}]}]}]}",
                "{'meta':{'x':[{'a':1},2]}} | {'meta':{'x':[[1],2]}} | {'meta':['patch',{'x':['patch',{'0':['put',[1]]}]}]}",
                "{'meta':{'x':[[]]}} | {'meta':{'x':[{}]}} | {'meta':['patch',{'x':['patch',{'0':['put',{}]}]}]}",
            })
    @DisplayName("[§21.20] an object and an array in each other's place are a put")
    void otherKind(String prev, String next, String diff) {
        assertDiff(prev, next, diff);
    }

    private static void assertDiff(String prev, String next, String diff) {
        assertThat(RecordDiffer.STRING_APPENDS.diff(object(prev), object(next)).toJson())
                .isEqualTo(object(diff));
    }
}

package dev.drawbridge.diff;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.json.JsonArray;
import dev.drawbridge.json.JsonObject;
import dev.drawbridge.json.JsonString;
import dev.drawbridge.json.JsonValue;
import dev.drawbridge.json.RandomJson;
import dev.drawbridge.json.Seeds;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("[§5] [§6] diffs, whatever the records are")
class DiffPropertiesTest {
    private static final int RUNS = 5_000;

    @ParameterizedTest
    @EnumSource
    @DisplayName("[§6] [§21.20] apply(prev, diff(prev, next)) = next, but for what no diff tells")
    void leadsThere(RecordDiffer differ) {
        Seeds.check(RUNS, random -> {
            Versions versions = Versions.random(random);

            ObjectDiff diff = differ.diff(versions.prev, versions.next);

            JsonObject reached = diff.applyTo(versions.prev);
            assertThat(differ.diff(reached, versions.next).isEmpty()).isTrue();
            if (!UntoldKey.differs(versions.prev, versions.next)) {
                assertThat(reached).isEqualTo(versions.next);
            }
        });
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("[§6] [§21.20] the diff is empty if and only if the records are equal, but for what no diff tells")
    void emptyMeansEqual(RecordDiffer differ) {
        Seeds.check(RUNS, random -> {
            Versions versions = Versions.random(random);

            boolean isEmpty = differ.diff(versions.prev, versions.next).isEmpty();
            if (!UntoldKey.differs(versions.prev, versions.next)) {
                assertThat(isEmpty).isEqualTo(versions.prev.equals(versions.next));
            } else if (!isEmpty) {
                assertThat(versions.prev).isNotEqualTo(versions.next);
            }
        });
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("[§5] an effective diff has its effect once: applied again it changes nothing")
    void idempotent(RecordDiffer differ) {
        Seeds.check(RUNS, random -> {
            Versions versions = Versions.random(random);
            ObjectDiff diff = differ.diff(versions.prev, versions.next);

            JsonObject once = diff.applyTo(versions.prev);
            JsonObject twice = diff.applyTo(once);

            assertThat(twice).isSameAs(once);
            assertThat(differ.diff(once, twice).isEmpty()).isTrue();
        });
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("[§12.4] what a client computed by the same rules is found to be equal: a commit")
    void canonical(RecordDiffer differ) {
        Seeds.check(RUNS, random -> {
            Versions versions = Versions.random(random);
            JsonObject pushed = differ.diff(versions.prev, versions.next).toJson();

            JsonObject applied = ObjectDiff.read(pushed).applyTo(versions.prev);

            assertThat(differ.diff(versions.prev, applied).toJson()).isEqualTo(pushed);
        });
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("[§5] a diff that nobody computed changes something or gives the same object, and never throws")
    void anyDiff(RecordDiffer differ) {
        Seeds.check(RUNS, random -> {
            Versions versions = Versions.random(random);
            ObjectDiff elsewhere = differ.diff(versions.next, new RandomJson(random).variation(versions.next, 3));

            JsonObject applied = elsewhere.applyTo(versions.prev);

            assertThat(applied == versions.prev).isEqualTo(applied.equals(versions.prev));
        });
    }

    @ParameterizedTest
    @EnumSource(names = "NO_STRING_APPENDS")
    @DisplayName("[§21.2] without string appends there is none, however deep")
    void noStringAppends(RecordDiffer differ) {
        Seeds.check(RUNS, random -> {
            Versions versions = Versions.random(random);

            assertNoStringAppend(differ.diff(versions.prev, versions.next));
        });
    }

    private static void assertNoStringAppend(ObjectDiff diff) {
        for (ValueOp op : diff.ops().values()) {
            switch (op) {
                case ValueOp.Append(JsonValue tail, double offset) ->
                    assertThat(tail).isInstanceOf(JsonArray.class);
                case ValueOp.Patch(ObjectDiff inner) -> assertNoStringAppend(inner);
                case ValueOp.Put put -> assertThat(put.value()).isNotNull();
                case ValueOp.Delete delete -> assertThat(delete).isNotNull();
            }
        }
    }

    /** Two versions of a record that have much in common, or nothing. */
    private record Versions(JsonObject prev, JsonObject next) {

        static Versions random(RandomGenerator random) {
            RandomJson json = new RandomJson(random);
            JsonObject prev = record(json);
            return new Versions(prev, random.nextInt(10) == 0 ? record(json) : json.variation(prev, 4));
        }

        private static JsonObject record(RandomJson json) {
            return json.object(3)
                    .with("id", JsonString.of("shape:a"))
                    .with("props", json.object(3))
                    .with("meta", json.value(3));
        }
    }
}

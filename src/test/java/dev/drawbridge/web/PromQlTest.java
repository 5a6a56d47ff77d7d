package dev.drawbridge.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.web.PromQl.Selector;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("The metrics that an expression of PromQL asks for")
class PromQlTest {

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            a                                                          | a
            a{b="c d", e=~"f"}                                         | a
            rate(a_total[5m]) > 0.5                                    | a_total
            sum by (le, pod) (rate(a_bucket{x="}"}[$__rate_interval])) | a_bucket
            sum(a) by (b)                                              | a
            up == 0 and on (job, instance) last_over_time(a[1d])       | up a
            absent(a) or b offset 5m unless ignoring(c) d              | a b d
            histogram_quantile(0.99, sum by (le) (rate(a[5m]))) > 1e3  | a
            a / on (x) group_left (y) b                                | a b
            """)
    void names(String expression, String names) {
        assertThat(PromQl.selectors(expression)).extracting(Selector::metric).containsExactly(names.split(" "));
    }

    @Test
    @DisplayName("with the labels that have to have a certain value")
    void labels() {
        assertThat(PromQl.selectors("a{b=\"c\", d=~\"e\", f!=\"g\"}"))
                .isEqualTo(List.of(new Selector("a", Map.of("b", "c"))));
    }
}

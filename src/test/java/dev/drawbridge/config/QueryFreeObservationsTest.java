package dev.drawbridge.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.common.KeyValue;
import io.micrometer.observation.Observation;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A URL in a trace or a metric")
class QueryFreeObservationsTest {

    @ParameterizedTest(name = "{0} becomes {1}")
    @CsvSource({
        "http://host/hook?token=secret, http://host/hook",
        "/connect/room?token=secret, /connect/room",
        "https://host/a?b?c, https://host/a",
        "/connect/room, /connect/room",
        "what?, what?"
    })
    void stripped(String before, String after) {
        Observation.Context context = new Observation.Context();
        context.addHighCardinalityKeyValue(KeyValue.of("http.url", before));
        context.addLowCardinalityKeyValue(KeyValue.of("uri", before));

        Observation.Context mapped = new QueryFreeObservations().map(context);

        assertThat(mapped.getAllKeyValues()).extracting(KeyValue::getValue).containsOnly(after);
        assertThat(mapped.getAllKeyValues()).hasSize(2);
    }
}

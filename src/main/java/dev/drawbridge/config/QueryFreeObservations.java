package dev.drawbridge.config;

import io.micrometer.common.KeyValue;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationFilter;
import org.springframework.stereotype.Component;

/**
 * Cuts the query off every URL that goes into a trace or a metric: access tokens travel in it, since browsers cannot set
 * headers on WebSockets.
 */
@Component
class QueryFreeObservations implements ObservationFilter {

    @Override
    public Observation.Context map(Observation.Context context) {
        for (KeyValue value : context.getHighCardinalityKeyValues()) {
            if (hasQuery(value)) {
                context.addHighCardinalityKeyValue(withoutQuery(value));
            }
        }
        for (KeyValue value : context.getLowCardinalityKeyValues()) {
            if (hasQuery(value)) {
                context.addLowCardinalityKeyValue(withoutQuery(value));
            }
        }
        return context;
    }

    private static boolean hasQuery(KeyValue value) {
        String text = value.getValue();
        return text.indexOf('?') >= 0 && (text.startsWith("/") || text.contains("://"));
    }

    private static KeyValue withoutQuery(KeyValue value) {
        return KeyValue.of(
                value.getKey(), value.getValue().substring(0, value.getValue().indexOf('?')));
    }
}

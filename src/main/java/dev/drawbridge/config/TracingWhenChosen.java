package dev.drawbridge.config;

import java.util.Map;
import java.util.stream.Stream;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Environment;
import org.springframework.core.env.MapPropertySource;

/**
 * Turns tracing off, with its threads and its column in the log, where nothing says where traces go. It only adds defaults:
 * whoever sets the same properties has the last word. It is registered in {@code META-INF/spring.factories}.
 */
class TracingWhenChosen implements EnvironmentPostProcessor, Ordered {
    private static final String TRACES = "management.opentelemetry.tracing.export.otlp.endpoint";
    private static final String LOGS = "management.opentelemetry.logging.export.otlp.endpoint";

    /** After those that read the configuration files and the variables of OpenTelemetry. */
    @Override
    public int getOrder() {
        return Ordered.LOWEST_PRECEDENCE;
    }

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        if (!isChosen(environment)) {
            environment
                    .getPropertySources()
                    .addLast(new MapPropertySource(
                            "no tracing",
                            Map.of(
                                    "management.opentelemetry.enabled",
                                    false,
                                    "management.tracing.export.enabled",
                                    false)));
        }
    }

    static boolean isChosen(Environment environment) {
        return Stream.of(TRACES, LOGS).anyMatch(environment::containsProperty);
    }
}

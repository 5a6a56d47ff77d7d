package dev.drawbridge.config;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.AutoConfigurationImportFilter;
import org.springframework.boot.autoconfigure.AutoConfigurationMetadata;
import org.springframework.context.EnvironmentAware;
import org.springframework.core.env.Environment;

/**
 * Keeps the tracer away where nothing says where traces go: it would still number every request and put the number into the
 * log. It is registered in {@code META-INF/spring.factories}.
 */
class TracerWhenChosen implements AutoConfigurationImportFilter, EnvironmentAware {
    private static final String TRACER = "org.springframework.boot.micrometer.tracing.opentelemetry.autoconfigure.";

    private boolean chosen;

    @Override
    public void setEnvironment(Environment environment) {
        chosen = TracingWhenChosen.isChosen(environment);
    }

    @Override
    public boolean[] match(@Nullable String[] autoConfigurations, AutoConfigurationMetadata metadata) {
        boolean[] matches = new boolean[autoConfigurations.length];
        for (int i = 0; i < matches.length; i++) {
            String name = autoConfigurations[i];
            matches[i] = chosen || name == null || !name.startsWith(TRACER);
        }
        return matches;
    }
}

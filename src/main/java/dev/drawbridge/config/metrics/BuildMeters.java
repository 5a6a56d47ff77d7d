package dev.drawbridge.config.metrics;

import dev.drawbridge.protocol.Protocol;
import dev.drawbridge.schema.tldraw.TldrawSchema;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

/** What is running here: always 1, its labels say it. */
final class BuildMeters implements MeterBinder {
    private final String version;

    BuildMeters(String version) {
        this.version = version;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Gauge.builder("drawbridge.build.info", () -> 1)
                .description("The version that runs, with the newest protocol and the tldraw schema that it knows")
                .tag("version", version)
                .tag("protocol", Integer.toString(Protocol.VERSION))
                .tag("schema", TldrawSchema.RELEASE)
                .register(registry);
    }
}

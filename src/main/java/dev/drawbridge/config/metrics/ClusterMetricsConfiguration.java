package dev.drawbridge.config.metrics;

import dev.drawbridge.cluster.Cluster;
import dev.drawbridge.config.ClusterWhenChosen;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;

/** The meters of a node in a cluster. */
@Configuration(proxyBeanMethods = false)
@Conditional(ClusterWhenChosen.class)
class ClusterMetricsConfiguration {

    @Bean
    MicrometerClusterObserver clusterObserver(MeterRegistry registry) {
        return new MicrometerClusterObserver(registry);
    }

    @Bean
    MeterBinder clusterMeters(Cluster cluster) {
        return new ClusterMeters(cluster);
    }
}

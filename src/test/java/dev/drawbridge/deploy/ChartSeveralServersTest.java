package dev.drawbridge.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What is laid out for the day when several servers may share the rooms of one Redis. */
@DisplayName("Once several servers may share the rooms")
class ChartSeveralServersTest {

    private final Chart chart = Chart.ours().supportingSeveral();

    @Test
    void theyAreSpreadAndFindEachOther() {
        Manifests manifests =
                chart.render("{replicaCount: 3, store: {type: redis, redis: {host: redis}}, podDisruptionBudget:"
                        + " {enabled: true, maxUnavailable: null, minAvailable: 50%}}");
        assertThat(manifests.the(Deployment.class).getSpec().getReplicas()).isEqualTo(3);
        assertThat(manifests.pod().getSpec().getTopologySpreadConstraints())
                .extracting(constraint -> constraint.getTopologyKey())
                .containsExactly("topology.kubernetes.io/zone", "kubernetes.io/hostname");
        Service headless = manifests.named(Service.class, "my-drawbridge-headless");
        assertThat(headless.getSpec().getClusterIP()).isEqualTo("None");
        assertThat(headless.getSpec().getPublishNotReadyAddresses()).isTrue();
        assertThat(manifests.secret("my-drawbridge", "cluster-secret")).hasSize(48);
    }

    @Test
    void theyGrowFastAndShrinkSlowly() {
        Manifests manifests = chart.render("{autoscaling: {enabled: true, targetSessionsPerPod: 500}, store: {type:"
                + " redis, redis: {host: redis}}}");
        assertThat(manifests.the(Deployment.class).getSpec().getReplicas())
                .as("left to the autoscaler")
                .isNull();
        var spec = manifests.the(HorizontalPodAutoscaler.class).getSpec();
        assertThat(spec.getScaleTargetRef().getName())
                .isEqualTo(manifests.workload().getMetadata().getName());
        assertThat(spec.getMetrics()).extracting(metric -> metric.getType()).containsExactly("Resource", "Pods");
        assertThat(spec.getMetrics().getLast().getPods().getMetric().getName()).isEqualTo("drawbridge_sessions");
        assertThat(spec.getBehavior().getScaleDown().getStabilizationWindowSeconds())
                .isGreaterThan(10 * spec.getBehavior().getScaleUp().getStabilizationWindowSeconds());
    }

    @Test
    void sqliteIsStillForOne() {
        assertThatThrownBy(() -> chart.render("replicaCount: 2"))
                .hasMessageContaining("store.type is sqlite, which is one server's own: set store.type to redis, or");
        assertThatThrownBy(() -> chart.render("autoscaling: {enabled: true}"))
                .hasMessageContaining("store.type is sqlite, which is one server's own");
    }
}

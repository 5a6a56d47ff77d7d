package dev.drawbridge.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarSource;
import io.fabric8.kubernetes.api.model.ObjectFieldSelector;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyIngressRule;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Several servers that share one Redis")
class ChartSeveralServersTest {
    private static final String REDIS = "store: {type: redis, redis: {host: redis}}";

    @AfterEach
    void forget() {
        FakeCluster.running().clear();
    }

    private static Manifests rendered(String feature) {
        return Chart.ours().render(Chart.valueFile(feature));
    }

    private static Manifests three(String more) {
        return Chart.ours().render("{replicaCount: 3, " + REDIS + more + "}");
    }

    @Test
    void areSpreadAndNotAllTakenAwayAtOnce() {
        Manifests manifests = three("");
        assertThat(manifests.the(Deployment.class).getSpec().getReplicas()).isEqualTo(3);
        assertThat(manifests.pod().getSpec().getTopologySpreadConstraints())
                .extracting(constraint -> constraint.getTopologyKey())
                .containsExactly("topology.kubernetes.io/zone", "kubernetes.io/hostname");
        assertThat(manifests
                        .the(PodDisruptionBudget.class)
                        .getSpec()
                        .getMaxUnavailable()
                        .getIntVal())
                .isOne();
        assertThat(three(", podDisruptionBudget: {enabled: false}").all(PodDisruptionBudget.class))
                .isEmpty();
        assertThat(Chart.ours().render("{" + REDIS + "}").all(PodDisruptionBudget.class))
                .as("a budget for one server")
                .isEmpty();
        assertThat(rendered("cluster")
                        .the(PodDisruptionBudget.class)
                        .getSpec()
                        .getMinAvailable()
                        .getIntVal())
                .isEqualTo(2);
    }

    @Test
    @DisplayName("prove themselves with a secret that is made once, and is a file")
    void haveASecret() {
        Manifests installed = three("");
        assertThat(installed.secret("my-drawbridge", "cluster-secret")).hasSize(48);
        assertThat(installed.environment())
                .containsEntry("DRAWBRIDGE_CLUSTER_SECRETFILE", "/etc/drawbridge/secrets/cluster-secret")
                .doesNotContainKey("DRAWBRIDGE_CLUSTER_SECRET");
        FakeCluster.running().keep(installed.the(Secret.class));
        assertThat(three("").secret("my-drawbridge", "cluster-secret"))
                .isEqualTo(installed.secret("my-drawbridge", "cluster-secret"));
        assertThat(rendered("cluster").secretsOfThePod()).contains("boards-cluster");
        assertThat(rendered("given").secret("team-boards", "cluster-secret")).isEqualTo("not-a-real-one-either");
    }

    @Test
    void areReachedByTheAddressOfTheirPods() {
        Manifests manifests = rendered("cluster");
        assertThat(manifests.container().getEnv())
                .filteredOn(variable -> variable.getName().equals("DRAWBRIDGE_CLUSTER_ADDRESS"))
                .singleElement()
                .extracting(EnvVar::getValueFrom)
                .extracting(EnvVarSource::getFieldRef)
                .extracting(ObjectFieldSelector::getFieldPath)
                .isEqualTo("status.podIP");
        assertThat(manifests.environment()).containsEntry("DRAWBRIDGE_CLUSTER_PORT", "7443");
        assertThat(manifests.container().getPorts())
                .filteredOn(port -> port.getName().equals("cluster"))
                .singleElement()
                .satisfies(port -> assertThat(port.getContainerPort()).isEqualTo(7443));
        Service headless = manifests.named(Service.class, "my-drawbridge-headless");
        assertThat(headless.getSpec().getClusterIP()).isEqualTo("None");
        assertThat(headless.getSpec().getPublishNotReadyAddresses()).isTrue();
        assertThat(headless.getSpec().getPorts())
                .extracting(ServicePort::getName)
                .containsExactly("http", "cluster");
    }

    @Test
    @DisplayName("speak mutual TLS when they are given certificates")
    void haveCertificates() {
        Manifests manifests = rendered("cluster");
        assertThat(manifests.environment())
                .containsEntry("DRAWBRIDGE_CLUSTER_SSLBUNDLE", "cluster")
                .containsEntry(
                        "SPRING_SSL_BUNDLE_PEM_CLUSTER_KEYSTORE_CERTIFICATE",
                        "file:/etc/drawbridge/cluster-tls/tls.crt")
                .containsEntry(
                        "SPRING_SSL_BUNDLE_PEM_CLUSTER_KEYSTORE_PRIVATEKEY", "file:/etc/drawbridge/cluster-tls/tls.key")
                .containsEntry(
                        "SPRING_SSL_BUNDLE_PEM_CLUSTER_TRUSTSTORE_CERTIFICATE",
                        "file:/etc/drawbridge/cluster-tls/ca.crt");
        assertThat(manifests.pod().getSpec().getVolumes())
                .filteredOn(volume -> volume.getName().equals("cluster-tls"))
                .singleElement()
                .satisfies(
                        volume -> assertThat(volume.getSecret().getSecretName()).isEqualTo("boards-cluster-tls"));
        assertThat(three("").environment()).doesNotContainKey("DRAWBRIDGE_CLUSTER_SSLBUNDLE");
    }

    @Test
    void letNobodyElseOpenALink() {
        Manifests manifests = rendered("cluster");
        NetworkPolicyIngressRule links = manifests.the(NetworkPolicy.class).getSpec().getIngress().stream()
                .filter(rule -> rule.getPorts().getFirst().getPort().getStrVal().equals("cluster"))
                .findFirst()
                .orElseThrow();
        assertThat(links.getPorts()).hasSize(1);
        assertThat(links.getFrom()).singleElement().satisfies(peer -> {
            assertThat(peer.getNamespaceSelector()).isNull();
            assertThat(peer.getPodSelector().getMatchLabels()).isEqualTo(manifests.selector());
        });
    }

    @Test
    @DisplayName("reach each other also where only some ways out are open")
    void reachEachOther() {
        Manifests manifests = rendered("network");
        var first = manifests.the(NetworkPolicy.class).getSpec().getEgress().getFirst();
        assertThat(first.getPorts())
                .extracting(port -> port.getPort().getIntVal())
                .containsExactly(7070, 8080);
        assertThat(first.getTo().getFirst().getPodSelector().getMatchLabels()).isEqualTo(manifests.selector());
        assertThat(manifests.the(NetworkPolicy.class).getSpec().getEgress()).hasSize(3);
    }

    @Test
    void growFastAndShrinkSlowly() {
        Manifests manifests =
                Chart.ours().render("{autoscaling: {enabled: true, targetSessionsPerPod: 500}, " + REDIS + "}");
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
    @DisplayName("are counted by helm test, with the admin token, if there is one")
    void areCounted() {
        assertThat(testEnvironment("{replicaCount: 3, " + REDIS + "}"))
                .containsEntry("FEWEST_NODES", "3")
                .containsEntry("MOST_NODES", "3");
        assertThat(testEnvironment("{autoscaling: {enabled: true}, " + REDIS + "}"))
                .containsEntry("FEWEST_NODES", "2")
                .containsEntry("MOST_NODES", "6");
        assertThat(testEnvironment("admin: {enabled: false}")).doesNotContainKeys("ADMIN_TOKEN_FILE", "FEWEST_NODES");
        assertThat(Chart.ours()
                        .showingTests()
                        .render(Chart.valueFile("existing-secrets"))
                        .the(Pod.class)
                        .getSpec()
                        .getVolumes())
                .singleElement()
                .satisfies(volume -> {
                    var secret = volume.getProjected().getSources().getFirst().getSecret();
                    assertThat(secret.getName()).isEqualTo("boards-admin");
                    assertThat(secret.getItems().getFirst().getKey()).isEqualTo("token");
                });
    }

    private static Map<String, String> testEnvironment(String values) {
        return Chart.ours()
                .showingTests()
                .render(values)
                .the(Pod.class)
                .getSpec()
                .getContainers()
                .getFirst()
                .getEnv()
                .stream()
                .collect(Collectors.toMap(EnvVar::getName, variable -> Objects.requireNonNull(variable.getValue())));
    }

    @Test
    @DisplayName("are none with SQLite: nothing of a cluster is left there")
    void areNoneWithSqlite() {
        Manifests manifests = Chart.ours().render("");
        assertThat(manifests.container().getEnv())
                .extracting(EnvVar::getName)
                .noneMatch(name -> name.contains("CLUSTER"));
        assertThat(manifests.container().getPorts())
                .extracting(port -> port.getName())
                .isEqualTo(List.of("http", "management"));
        assertThat(manifests.the(NetworkPolicy.class).getSpec().getIngress()).hasSize(2);
        assertThat(manifests.the(Secret.class).getData()).containsOnlyKeys("admin-token");
    }
}

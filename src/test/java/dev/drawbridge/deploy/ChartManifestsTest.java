package dev.drawbridge.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.fabric8.kubernetes.api.model.Capabilities;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.openshift.api.model.monitoring.v1.PrometheusRule;
import io.fabric8.openshift.api.model.monitoring.v1.Rule;
import io.fabric8.openshift.api.model.monitoring.v1.ServiceMonitor;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

@DisplayName("The chart's manifests")
class ChartManifestsTest {
    static final List<Path> VALUE_FILES = Chart.valueFiles();

    private static final String LONG_NAME = "the-whiteboards-of-the-whole-department-of-fine-arts1"; // 53: Helm's limit

    private static Manifests rendered(String feature) {
        return Chart.ours().render(Chart.valueFile(feature));
    }

    @Nested
    @DisplayName("of every value file")
    class OfEveryValueFile {

        static final List<Path> VALUE_FILES = ChartManifestsTest.VALUE_FILES;

        @ParameterizedTest
        @FieldSource("VALUE_FILES")
        void passAStrictLint(Path values) {
            assertThat(Chart.ours().lint(values)).isEmpty();
        }

        @ParameterizedTest
        @FieldSource("VALUE_FILES")
        void haveNamesAndLabelsThatKubernetesTakesHoweverLongTheRelease(Path values) {
            assertThat(LONG_NAME).hasSize(53);
            Chart chart = Chart.ours().showingTestsOf(values);
            for (String release : List.of(Chart.RELEASE, LONG_NAME)) {
                Manifests manifests = chart.renderAs(release, values);
                Set<String> names = new HashSet<>();
                for (HasMetadata object : manifests.objects()) {
                    String name = object.getMetadata().getName();
                    assertThat(name).hasSizeLessThan(63).matches("[a-z0-9]([-a-z0-9]*[a-z0-9])?");
                    assertThat(names.add(object.getKind() + " " + name))
                            .as("one %s %s", object.getKind(), name)
                            .isTrue();
                    assertLabels(object.getMetadata().getLabels());
                }
                assertLabels(manifests.pod().getMetadata().getLabels());
                // A StatefulSet labels its pods with its name and a hash of ten characters.
                assertThat(manifests.workload().getMetadata().getName()).hasSizeLessThanOrEqualTo(52);
            }
        }

        private void assertLabels(Map<String, String> labels) {
            if (labels != null) {
                assertThat(labels.values()).allSatisfy(value -> assertThat(value)
                        .matches("([A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?"));
            }
        }

        @ParameterizedTest
        @FieldSource("VALUE_FILES")
        void haveSelectorsThatFindThePodsAndPortsThatAreThere(Path values) {
            Manifests manifests = Chart.ours().render(values);
            Map<String, String> labels = manifests.pod().getMetadata().getLabels();
            assertThat(labels).containsAllEntriesOf(manifests.selector());
            List<String> ports = manifests.container().getPorts().stream()
                    .map(ContainerPort::getName)
                    .toList();
            assertThat(ports).startsWith("http", "management").doesNotHaveDuplicates();

            for (Service service : manifests.all(Service.class)) {
                assertThat(labels).containsAllEntriesOf(service.getSpec().getSelector());
                assertThat(service.getSpec().getPorts())
                        .extracting(ServicePort::getTargetPort)
                        .extracting(IntOrString::getStrVal)
                        .isSubsetOf(ports);
            }
            for (NetworkPolicy policy : manifests.all(NetworkPolicy.class)) {
                assertThat(labels)
                        .containsAllEntriesOf(policy.getSpec().getPodSelector().getMatchLabels());
            }
            for (PodDisruptionBudget budget : manifests.all(PodDisruptionBudget.class)) {
                assertThat(budget.getSpec().getSelector().getMatchLabels()).isEqualTo(manifests.selector());
            }
        }

        @ParameterizedTest
        @FieldSource("VALUE_FILES")
        void probeTheManagementPort(Path values) {
            Container container = Chart.ours().render(values).container();
            assertProbe(container.getStartupProbe(), "/actuator/health/liveness");
            assertProbe(container.getLivenessProbe(), "/actuator/health/liveness");
            assertProbe(container.getReadinessProbe(), "/actuator/health/readiness");
            assertThat(container.getStartupProbe().getFailureThreshold()
                            * container.getStartupProbe().getPeriodSeconds())
                    .as("seconds to start in")
                    .isGreaterThanOrEqualTo(120);
        }

        private void assertProbe(Probe probe, String path) {
            assertThat(probe.getHttpGet().getPath()).isEqualTo(path);
            assertThat(probe.getHttpGet().getPort().getStrVal()).isEqualTo("management");
        }

        @ParameterizedTest
        @FieldSource("VALUE_FILES")
        void grantNothingThatIsNotNeeded(Path values) {
            Manifests manifests = Chart.ours().showingTestsOf(values).render(values);
            Stream.concat(
                            Stream.of(manifests.pod().getSpec()),
                            manifests.all(Pod.class).stream().map(Pod::getSpec))
                    .forEach(this::assertHardened);
            assertThat(manifests.all(ServiceAccount.class))
                    .allSatisfy(account -> assertThat(account.getAutomountServiceAccountToken())
                            .isFalse());
            assertThat(manifests.container().getResources().getLimits()).containsKey("memory");
        }

        private void assertHardened(PodSpec pod) {
            assertThat(pod.getAutomountServiceAccountToken()).isFalse();
            assertThat(pod.getEnableServiceLinks()).isFalse();
            assertThat(pod.getHostNetwork()).isNull();
            assertThat(pod.getSecurityContext().getRunAsNonRoot()).isTrue();
            assertThat(pod.getSecurityContext().getSeccompProfile().getType()).isEqualTo("RuntimeDefault");
            var context = pod.getContainers().getFirst().getSecurityContext();
            assertThat(context.getReadOnlyRootFilesystem()).isTrue();
            assertThat(context.getAllowPrivilegeEscalation()).isFalse();
            assertThat(context.getRunAsNonRoot()).isTrue();
            assertThat(context.getCapabilities())
                    .extracting(Capabilities::getDrop)
                    .isEqualTo(List.of("ALL"));
        }

        @ParameterizedTest
        @FieldSource("VALUE_FILES")
        void leaveTheServerTheTimeToDrain(Path values) {
            Manifests manifests = Chart.ours().render(values);
            Map<String, String> environment = manifests.container().getEnv().stream()
                    .filter(variable -> variable.getValue() != null)
                    .collect(Collectors.toMap(EnvVar::getName, EnvVar::getValue));
            long delay =
                    manifests.container().getLifecycle().getPreStop().getSleep().getSeconds();
            int rooms = seconds(environment, "DRAWBRIDGE_SHUTDOWN_TIMEOUT");
            int phase = seconds(environment, "SPRING_LIFECYCLE_TIMEOUTPERSHUTDOWNPHASE");
            assertThat(phase).isGreaterThan(rooms);
            assertThat(manifests.pod().getSpec().getTerminationGracePeriodSeconds())
                    .isGreaterThan(delay + 2L * phase);
        }

        private int seconds(Map<String, String> environment, String name) {
            return Integer.parseInt(
                    Objects.requireNonNull(environment.get(name)).replace("s", ""));
        }

        @ParameterizedTest
        @FieldSource("VALUE_FILES")
        void mountEveryVolumeOnceAndOnlyVolumesThatThereAre(Path values) {
            Manifests manifests = Chart.ours().render(values);
            List<String> volumes = Stream.concat(
                            manifests.pod().getSpec().getVolumes().stream().map(volume -> volume.getName()),
                            manifests.all(StatefulSet.class).stream()
                                    .flatMap(set -> set.getSpec().getVolumeClaimTemplates().stream())
                                    .map(claim -> claim.getMetadata().getName()))
                    .toList();
            assertThat(manifests.container().getVolumeMounts())
                    .extracting(VolumeMount::getName)
                    .containsExactlyInAnyOrderElementsOf(volumes);
            assertThat(manifests.container().getVolumeMounts())
                    .extracting(VolumeMount::getMountPath)
                    .doesNotHaveDuplicates()
                    .contains("/tmp");
        }
    }

    @Nested
    @DisplayName("of each feature")
    class OfEachFeature {

        @Test
        void keepSqliteOnTheVolumeOfAStatefulSet() {
            StatefulSet set = rendered("sqlite-volume").the(StatefulSet.class);
            PersistentVolumeClaim claim =
                    set.getSpec().getVolumeClaimTemplates().getFirst();
            assertThat(claim.getSpec().getStorageClassName()).isEqualTo("fast");
            assertThat(claim.getSpec().getAccessModes()).containsExactly("ReadWriteOncePod");
            assertThat(claim.getSpec().getResources().getRequests()).containsEntry("storage", new Quantity("50Gi"));
            assertThat(set.getSpec().getServiceName()).isEqualTo("my-drawbridge-headless");
            assertThat(set.getSpec().getPersistentVolumeClaimRetentionPolicy().getWhenScaled())
                    .isEqualTo("Retain");
            assertThat(rendered("sqlite-ephemeral")
                            .the(StatefulSet.class)
                            .getSpec()
                            .getVolumeClaimTemplates())
                    .isEmpty();
            assertThat(rendered("sqlite-existing-claim").pod().getSpec().getVolumes())
                    .filteredOn(volume -> volume.getName().equals("data"))
                    .singleElement()
                    .satisfies(volume -> assertThat(
                                    volume.getPersistentVolumeClaim().getClaimName())
                            .isEqualTo("rooms-of-last-year"));
        }

        @Test
        void useADeploymentWithRedisThatIsNeverShortOfAServer() {
            Deployment deployment = rendered("redis-host").the(Deployment.class);
            var update = deployment.getSpec().getStrategy().getRollingUpdate();
            assertThat(update.getMaxUnavailable().getIntVal()).isZero();
            assertThat(update.getMaxSurge().getIntVal()).isOne();
        }

        @Test
        void keepImagesOnTheVolumeOfTheRoomsAndNowhereWhereThereIsNone() {
            assertThat(rendered("sqlite-ephemeral").environment())
                    .containsEntry("DRAWBRIDGE_ASSETS_TYPE", "files")
                    .containsEntry("DRAWBRIDGE_ASSETS_DIRECTORY", "/data/assets");
            assertThat(rendered("redis-host").environment())
                    .containsEntry("DRAWBRIDGE_ASSETS_TYPE", "none")
                    .doesNotContainKey("DRAWBRIDGE_ASSETS_DIRECTORY");
            assertThat(rendered("redis-shared-assets").environment())
                    .containsEntry("DRAWBRIDGE_ASSETS_TYPE", "files")
                    .containsEntry("DRAWBRIDGE_ASSETS_DIRECTORY", "/assets");
        }

        @Test
        void keepImagesOfSeveralServersOnAVolumeThatTheyShareAndThatOutlivesTheRelease() {
            Manifests manifests = rendered("redis-assets-volume");
            PersistentVolumeClaim claim = manifests.the(PersistentVolumeClaim.class);
            assertThat(claim.getMetadata().getName()).isEqualTo("my-drawbridge-assets");
            assertThat(claim.getMetadata().getAnnotations())
                    .containsEntry("helm.sh/resource-policy", "keep")
                    .containsEntry("backup.example.com/schedule", "daily");
            assertThat(claim.getSpec().getAccessModes()).containsExactly("ReadWriteMany");
            assertThat(claim.getSpec().getStorageClassName()).isEqualTo("cephfs");
            assertThat(claim.getSpec().getResources().getRequests()).containsEntry("storage", new Quantity("200Gi"));
            assertThat(manifests.environment())
                    .containsEntry("DRAWBRIDGE_ASSETS_TYPE", "files")
                    .containsEntry("DRAWBRIDGE_ASSETS_DIRECTORY", "/data/assets");
            assertThat(manifests.container().getVolumeMounts())
                    .filteredOn(mount -> mount.getName().equals("assets"))
                    .singleElement()
                    .satisfies(mount -> assertThat(mount.getMountPath()).isEqualTo("/data/assets"));

            Manifests given = rendered("redis-assets-claim");
            assertThat(given.all(PersistentVolumeClaim.class)).isEmpty();
            assertThat(given.pod().getSpec().getVolumes())
                    .filteredOn(volume -> volume.getName().equals("assets"))
                    .singleElement()
                    .satisfies(volume -> assertThat(
                                    volume.getPersistentVolumeClaim().getClaimName())
                            .isEqualTo("pictures-of-last-year"));
        }

        @Test
        void keepImagesInS3WithTheCredentialsOfASecretOrOfARole() {
            Manifests manifests = rendered("assets-s3");
            assertThat(manifests.container().getEnv().stream()
                            .filter(variable -> variable.getValue() != null)
                            .collect(Collectors.toMap(EnvVar::getName, EnvVar::getValue)))
                    .containsEntry("DRAWBRIDGE_ASSETS_TYPE", "s3")
                    .containsEntry("DRAWBRIDGE_ASSETS_S3_BUCKET", "drawings")
                    .containsEntry("DRAWBRIDGE_ASSETS_S3_ENDPOINT", "https://minio.storage.svc:9000")
                    .containsEntry("DRAWBRIDGE_ASSETS_S3_PATHSTYLE", "true")
                    .containsEntry("DRAWBRIDGE_ASSETS_S3_SPOOLDIRECTORY", "/spool")
                    .containsEntry("DRAWBRIDGE_ASSETS_S3_SPOOLLIMIT", "2048MB")
                    .doesNotContainKey("DRAWBRIDGE_ASSETS_DIRECTORY");
            assertThat(manifests.container().getEnv())
                    .filteredOn(variable -> variable.getName().startsWith("AWS_"))
                    .extracting(
                            EnvVar::getName,
                            variable ->
                                    variable.getValueFrom().getSecretKeyRef().getName(),
                            variable ->
                                    variable.getValueFrom().getSecretKeyRef().getKey())
                    .containsExactly(
                            tuple("AWS_ACCESS_KEY_ID", "boards-s3", "user"),
                            tuple("AWS_SECRET_ACCESS_KEY", "boards-s3", "password"));
            assertThat(manifests.pod().getSpec().getVolumes())
                    .filteredOn(volume -> volume.getName().equals("spool"))
                    .singleElement()
                    .satisfies(volume ->
                            assertThat(volume.getEmptyDir().getSizeLimit()).isEqualTo(new Quantity("2112Mi")));

            Manifests role = rendered("assets-s3-role");
            assertThat(role.environment().keySet()).noneMatch(name -> name.startsWith("AWS_"));
            assertThat(role.the(ServiceAccount.class).getMetadata().getAnnotations())
                    .containsKey("eks.amazonaws.com/role-arn");
        }

        @Test
        void sayWhereRedisIs() {
            assertThat(rendered("redis-host").environment())
                    .containsEntry("SPRING_DATA_REDIS_HOST", "redis.data.svc")
                    .containsEntry("SPRING_DATA_REDIS_PORT", "6380")
                    .containsEntry("SPRING_DATA_REDIS_PASSWORD", "not-a-real-one")
                    .containsEntry("DRAWBRIDGE_STORE_REDIS_KEYPREFIX", "boards");
            assertThat(rendered("redis-url").environment())
                    .containsEntry("SPRING_DATA_REDIS_URL", "rediss://drawbridge:not-a-real-one@redis.data.svc:6380/1");
            assertThat(rendered("redis-sentinel").environment())
                    .containsEntry(
                            "SPRING_DATA_REDIS_SENTINEL_NODES", "sentinel-0.data.svc:26379,sentinel-1.data.svc:26379")
                    .containsEntry("SPRING_DATA_REDIS_SENTINEL_PASSWORD", "also-not-a-real-one");
            assertThat(rendered("redis-cluster").environment())
                    .containsEntry("SPRING_DATA_REDIS_CLUSTER_NODES", "redis-0.data.svc:6379,redis-1.data.svc:6379")
                    .doesNotContainKey("SPRING_DATA_REDIS_HOST");
            assertThat(rendered("redis-tls").environment())
                    .containsEntry("SPRING_DATA_REDIS_SSL_BUNDLE", "redis")
                    .containsEntry(
                            "SPRING_SSL_BUNDLE_PEM_REDIS_TRUSTSTORE_CERTIFICATE",
                            "file:/etc/drawbridge/redis-tls/ca.crt");
        }

        @Test
        void leaveSecretsToOthersWhenTold() {
            Manifests manifests = rendered("existing-secrets");
            assertThat(manifests.all(Secret.class)).isEmpty();
            assertThat(manifests.secretsOfThePod())
                    .containsExactlyInAnyOrder("boards-redis", "boards-admin", "boards-cluster", "boards-jwt");
        }

        @Test
        void haveNoSecretInThePlainEnvironment() {
            for (String feature : List.of("redis-host", "redis-url", "redis-sentinel", "access-webhook")) {
                assertThat(rendered(feature).container().getEnv())
                        .allSatisfy(variable -> assertThat(variable.getValue())
                                .satisfiesAnyOf(value -> assertThat(value).isNull(), value -> assertThat(value)
                                        .doesNotContain("not-a-real-one")));
            }
        }

        @Test
        void giveTheServerItsSecretsAsFiles() {
            Manifests manifests = rendered("access-jwt-secret");
            assertThat(manifests.environment())
                    .containsEntry("DRAWBRIDGE_ADMIN_TOKENFILE", "/etc/drawbridge/secrets/admin-token")
                    .containsEntry("DRAWBRIDGE_ACCESS_JWT_SECRETFILE", "/etc/drawbridge/secrets/jwt-secret");
            assertThat(manifests.secret("my-drawbridge", "jwt-secret")).hasSizeGreaterThanOrEqualTo(48);
        }

        @Test
        void callWebhooksWithSecretsThatOthersKeep() {
            Manifests manifests = rendered("webhooks");
            assertThat(manifests.environment())
                    .containsEntry("DRAWBRIDGE_WEBHOOKS_0_URL", "https://crm.example.com/boards")
                    .containsEntry("DRAWBRIDGE_WEBHOOKS_0_SECRETFILE", "/etc/drawbridge/secrets/webhook-0")
                    .doesNotContainKeys("DRAWBRIDGE_WEBHOOKS_0_NAME", "DRAWBRIDGE_WEBHOOKS_0_EVENTS")
                    .containsEntry("DRAWBRIDGE_WEBHOOKS_1_NAME", "search")
                    .containsEntry(
                            "DRAWBRIDGE_WEBHOOKS_1_PREVIOUSSECRETFILE", "/etc/drawbridge/secrets/webhook-1-previous")
                    .containsEntry("DRAWBRIDGE_WEBHOOKS_1_EVENTS", "room.changed,room.deleted")
                    .containsEntry("DRAWBRIDGE_WEBHOOKS_1_ROOMS", "team-*")
                    .containsEntry("DRAWBRIDGE_WEBHOOKS_1_DIFF", "true")
                    .containsEntry("DRAWBRIDGE_WEBHOOKS_1_TIMEOUT", "5s")
                    .containsEntry("DRAWBRIDGE_WEBHOOKS_1_GIVEUPAFTER", "12h")
                    .containsEntry("DRAWBRIDGE_WEBHOOKS_1_CONCURRENCY", "2");
            assertThat(manifests.secretsOfThePod()).contains("boards-crm", "boards-search");
        }

        @Test
        void routeFromTheIngress() {
            Ingress ingress = rendered("ingress").the(Ingress.class);
            assertThat(ingress.getSpec().getRules()).hasSize(2).allSatisfy(rule -> assertThat(
                            rule.getHttp().getPaths().getFirst().getBackend().getService())
                    .satisfies(backend -> {
                        assertThat(backend.getName()).isEqualTo("my-drawbridge");
                        assertThat(backend.getPort().getName()).isEqualTo("http");
                    }));
            assertThat(ingress.getSpec()
                            .getRules()
                            .getLast()
                            .getHttp()
                            .getPaths()
                            .getFirst()
                            .getPath())
                    .isEqualTo("/connect");
            assertThat(rendered("ingress").environment())
                    .containsEntry("SERVER_FORWARDHEADERSSTRATEGY", "native")
                    .containsEntry(
                            "DRAWBRIDGE_WEBSOCKET_ALLOWEDORIGINS", "https://board.example.com,https://*.example.com");
        }

        @Test
        void routeFromTheGatewayForAsLongAsWebSocketsLast() {
            HTTPRoute route = rendered("http-route").the(HTTPRoute.class);
            var rule = route.getSpec().getRules().getFirst();
            assertThat(rule.getTimeouts().getRequest()).isEqualTo("24h");
            assertThat(rule.getBackendRefs().getFirst().getName()).isEqualTo("my-drawbridge");
            assertThat(rule.getBackendRefs().getFirst().getPort()).isEqualTo(80);
            assertThat(Chart.ours()
                            .render("httpRoute: {enabled: true, parentRefs: [{name: public}]}")
                            .the(HTTPRoute.class)
                            .getSpec()
                            .getRules()
                            .getFirst()
                            .getTimeouts()
                            .getRequest())
                    .as("for ever, by default")
                    .isEqualTo("0s");
        }

        @Test
        void watch() {
            Manifests manifests = rendered("monitoring");
            ServiceMonitor monitor = manifests.the(ServiceMonitor.class);
            assertThat(manifests
                            .named(Service.class, "my-drawbridge-management")
                            .getMetadata()
                            .getLabels())
                    .containsAllEntriesOf(monitor.getSpec().getSelector().getMatchLabels());
            assertThat(manifests
                            .named(Service.class, "my-drawbridge")
                            .getMetadata()
                            .getLabels())
                    .as("only the management service is scraped")
                    .doesNotContainEntry("app.kubernetes.io/component", "management");
            assertThat(monitor.getMetadata().getLabels()).containsEntry("release", "kube-prometheus-stack");

            List<Rule> rules = manifests.the(PrometheusRule.class).getSpec().getGroups().stream()
                    .flatMap(group -> group.getRules().stream())
                    .toList();
            assertThat(rules)
                    .extracting(Rule::getAlert)
                    .contains("DrawbridgeDown", "TooManyBoards")
                    .doesNotContain("DrawbridgeSlowClients");
            assertThat(rules.getFirst().getLabels()).containsEntry("team", "boards");
            assertThat(manifests
                            .named(ConfigMap.class, "my-drawbridge-dashboard")
                            .getData()
                            .get("my-drawbridge.json"))
                    .startsWith("{");
        }

        @Test
        void passTheAlertsOnAsTheyAreWritten() {
            List<Map<String, Object>> written = rulesOf(Yaml.read(Chart.HOME.resolve("files/alerts.yaml")));
            List<Rule> rendered = Chart.ours()
                    .render("metrics: {prometheusRule: {enabled: true}}")
                    .the(PrometheusRule.class)
                    .getSpec()
                    .getGroups()
                    .stream()
                    .flatMap(group -> group.getRules().stream())
                    .toList();
            assertThat(rendered).hasSameSizeAs(written);
            for (int i = 0; i < written.size(); i++) {
                assertThat(rendered.get(i).getExpr().getStrVal())
                        .isEqualTo(written.get(i).get("expr"));
                assertThat(rendered.get(i).getAnnotations())
                        .isEqualTo(written.get(i).get("annotations"));
            }
        }

        @SuppressWarnings("unchecked")
        private static List<Map<String, Object>> rulesOf(Map<String, Object> alerts) {
            return ((List<Map<String, Object>>) Objects.requireNonNull(alerts.get("groups")))
                    .stream()
                            .flatMap(group ->
                                    ((List<Map<String, Object>>) Objects.requireNonNull(group.get("rules"))).stream())
                            .toList();
        }

        @Test
        void openOnlyThePortForClients() {
            var rules = rendered("default").the(NetworkPolicy.class).getSpec().getIngress();
            assertThat(rules.getFirst().getPorts().getFirst().getPort().getStrVal())
                    .isEqualTo("http");
            assertThat(rules.getFirst().getFrom()).isEmpty();
            assertThat(rules.getLast().getPorts().getFirst().getPort().getStrVal())
                    .isEqualTo("management");
            assertThat(rules.getLast().getFrom()).isNotEmpty();

            NetworkPolicy strict = rendered("network").the(NetworkPolicy.class);
            assertThat(strict.getSpec().getPolicyTypes()).containsExactly("Ingress", "Egress");
            assertThat(strict.getSpec().getIngress().getFirst().getFrom())
                    .as("the ingress controller, and the servers among themselves")
                    .hasSize(2);
        }

        @Test
        void takeTheImageByItsDigest() {
            assertThat(rendered("image").container().getImage())
                    .isEqualTo("registry.example.com/team/drawbridge@sha256:" + "0123456789abcdef".repeat(4));
            assertThat(rendered("image").pod().getSpec().getImagePullSecrets())
                    .extracting(reference -> reference.getName())
                    .containsExactly("registry");
        }

        @Test
        void bringTypesOfOnesOwn() {
            Manifests manifests = rendered("types");
            assertThat(manifests.environment())
                    .containsEntry("DRAWBRIDGE_SCHEMA_FILES", "file:/etc/drawbridge/schema/*.json")
                    .containsEntry("DRAWBRIDGE_SCHEMA_UNKNOWNTYPES", "accept")
                    .containsEntry("DRAWBRIDGE_SCHEMA_MIGRATOR_URL", "https://app.example.com/migrate");
            assertThat(manifests.named(ConfigMap.class, "my-drawbridge-schema").getData())
                    .containsOnlyKeys("card.json");
            assertThat(manifests.container().getVolumeMounts())
                    .filteredOn(mount -> mount.getName().equals("schema"))
                    .singleElement()
                    .satisfies(mount -> assertThat(mount.getMountPath()).isEqualTo("/etc/drawbridge/schema"));
            assertThat(manifests.pod().getMetadata().getAnnotations()).containsKey("checksum/schema");
        }

        @Test
        void readTypesThatSomebodyElseKeeps() {
            Manifests manifests = rendered("types-existing");
            assertThat(manifests.container().getEnv())
                    .anyMatch(variable -> variable.getName().equals("DRAWBRIDGE_SCHEMA_FILES"))
                    .noneMatch(variable -> variable.getName().equals("DRAWBRIDGE_SCHEMA_UNKNOWNTYPES"));
            assertThat(manifests.pod().getSpec().getVolumes())
                    .filteredOn(volume -> volume.getName().equals("schema"))
                    .singleElement()
                    .satisfies(volume ->
                            assertThat(volume.getConfigMap().getName()).isEqualTo("boards-types"));
            assertThat(manifests.container().getVolumeMounts())
                    .filteredOn(mount -> mount.getName().equals("schema"))
                    .singleElement()
                    .satisfies(mount -> assertThat(mount.getReadOnly()).isTrue());
            assertThat(manifests.container().getEnv())
                    .filteredOn(variable -> variable.getName().equals("DRAWBRIDGE_SCHEMA_MIGRATOR_TOKEN"))
                    .singleElement()
                    .satisfies(variable -> {
                        assertThat(variable.getValueFrom().getSecretKeyRef().getName())
                                .isEqualTo("app");
                        assertThat(variable.getValueFrom().getSecretKeyRef().getKey())
                                .isEqualTo("token");
                    });
            assertThat(manifests.all(ConfigMap.class)).isEmpty();
        }

        @Test
        void sayNothingOfTypesWhenThereAreNone() {
            Manifests manifests = rendered("redis-host");
            assertThat(manifests.container().getEnv())
                    .noneMatch(variable -> variable.getName().startsWith("DRAWBRIDGE_SCHEMA_"));
            assertThat(manifests.container().getVolumeMounts())
                    .noneMatch(mount -> mount.getName().equals("schema"));
        }

        @Test
        void bringFilesAsTheyAre() {
            Manifests manifests = Chart.ours()
                    .render(
                            "schema: {files: {card.json: \"  {\\n\\\"version\\\": 1,\\n\\t\\\"tldraw\\\": \\\"# {{ no template }}\\\"}\\n\\n\"}}");
            assertThat(manifests.named(ConfigMap.class, "my-drawbridge-schema").getData())
                    .containsEntry("card.json", "  {\n\"version\": 1,\n\t\"tldraw\": \"# {{ no template }}\"}\n\n");
        }

        @Test
        void takeWhatIsAdded() {
            Manifests manifests = rendered("extras");
            assertThat(manifests.environment())
                    .containsEntry("DRAWBRIDGE_ROOM_UNLOADAFTER", "60s")
                    .containsEntry("JAVA_TOOL_OPTIONS", "-Xlog:gc")
                    .containsEntry("SPRING_CONFIG_ADDITIONALLOCATION", "file:/etc/drawbridge/config/");
            assertThat(Yaml.parse(manifests
                            .named(ConfigMap.class, "my-boards")
                            .getData()
                            .getOrDefault("application.yaml", "")))
                    .containsKeys("drawbridge", "logging.level.dev.drawbridge");
            assertThat(manifests.named(ConfigMap.class, "my-boards-extra").getData())
                    .containsEntry("release", "my");
            assertThat(manifests.pod().getSpec().getServiceAccountName()).isEqualTo("boards");
            assertThat(manifests.all(ServiceAccount.class)).isEmpty();
            assertThat(manifests.pod().getMetadata().getLabels())
                    .containsEntry("tier", "realtime")
                    .containsEntry("team", "boards");
            assertThat(manifests.selector()).doesNotContainKeys("team", "tier");
            assertThat(manifests.the(NetworkPolicy.class).getMetadata().getAnnotations())
                    .containsEntry("example.com/contact", "boards@example.com");
        }

        @Test
        void runWhereTheyAreTold() {
            PodSpec pod = rendered("scheduling").pod().getSpec();
            assertThat(pod.getTopologySpreadConstraints()
                            .getFirst()
                            .getLabelSelector()
                            .getMatchLabels())
                    .isEqualTo(rendered("scheduling").selector());
            assertThat(pod.getPriorityClassName()).isEqualTo("boards");
            assertThat(pod.getSecurityContext().getRunAsUser()).isNull();
            assertThat(rendered("scheduling")
                            .the(PodDisruptionBudget.class)
                            .getSpec()
                            .getMaxUnavailable()
                            .getIntVal())
                    .isOne();
        }
    }

    @Test
    void areReadStrictly() {
        assertThatThrownBy(() -> Manifests.parse("""
                        apiVersion: v1
                        kind: Service
                        metadata: {name: x}
                        spec:
                          ports: [{port: 80, targetport: 8080}]
                        """)).hasMessageContaining("Service.spec.ports[].targetport");
    }
}

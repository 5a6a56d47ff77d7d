package dev.drawbridge.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

@DisplayName("Values that contradict each other")
class ChartValidationTest {

    /** Values, and the sentence with which they fail. */
    record Contradiction(String values, String sentence) {
        @Override
        public String toString() {
            return sentence;
        }
    }

    static final List<Contradiction> CONTRADICTIONS = List.of(
            new Contradiction(
                    "replicaCount: 2",
                    "store.type is sqlite, which is one server's own: set store.type to redis, or replicaCount to 1"),
            new Contradiction(
                    "autoscaling: {enabled: true}",
                    "store.type is sqlite, which is one server's own: set store.type to redis, or"),
            new Contradiction(
                    "{store: {type: redis, redis: {host: a}}, cluster: {secret: long-enough-for-this, existingSecret: s}}",
                    "cluster.secret and cluster.existingSecret are both set: keep one of them."),
            new Contradiction(
                    "{store: {type: redis, redis: {host: a}}, cluster: {secret: short}}",
                    "cluster.secret is too short: make it 16 characters or more."),
            new Contradiction(
                    "cluster: {certificates: {existingSecret: s}}",
                    "cluster has a secret or certificates, but store.type is sqlite, which is one server's own: set"
                            + " store.type to redis, or remove them."),
            new Contradiction(
                    "{store: {type: redis, redis: {host: a}}, ports: {cluster: 8080}}",
                    "ports.cluster is another port too: change one of them."),
            new Contradiction(
                    "{store: {type: redis, redis: {host: a}}, config: {drawbridge.cluster.address: board-1}}",
                    "config sets drawbridge.cluster.address, which the chart sets from a value of its own"),
            new Contradiction(
                    "autoscaling: {enabled: true, minReplicas: 7}",
                    "autoscaling.minReplicas is more than autoscaling.maxReplicas: change one of them."),
            new Contradiction(
                    "autoscaling: {enabled: true, targetCPUUtilizationPercentage: null}",
                    "autoscaling.enabled is true, but nothing says by what: set"
                            + " autoscaling.targetCPUUtilizationPercentage or autoscaling.targetSessionsPerPod."),
            new Contradiction(
                    "store: {type: redis}",
                    "store.type is redis, but nothing says where it is: set one of store.redis.url"),
            new Contradiction(
                    "store: {type: redis, redis: {host: a, cluster: {nodes: ['b:1']}}}",
                    "store.redis says in several ways where Redis is (host, cluster): keep one of them."),
            new Contradiction(
                    "store: {type: redis, redis: {existingSecretUrlKey: url}}",
                    "store.redis.existingSecretUrlKey is set without a Secret: set store.redis.existingSecret"),
            new Contradiction(
                    "store: {type: redis, redis: {sentinel: {master: m}}}",
                    "store.redis.sentinel needs both a master and nodes: set the other one too."),
            new Contradiction(
                    "store: {type: redis, redis: {database: 1, cluster: {nodes: ['b:1']}}}",
                    "store.redis.database is set, but Redis Cluster has only database 0: remove it"),
            new Contradiction(
                    "store: {type: redis, redis: {url: 'redis://a', tls: {enabled: true}}}",
                    "store.redis.tls.enabled is true, but store.redis.url does not begin with rediss://"),
            new Contradiction(
                    "store: {type: redis, redis: {host: a, tls: {existingSecret: s}}}",
                    "store.redis.tls.existingSecret is set, but TLS is off: set store.redis.tls.enabled to true"),
            new Contradiction(
                    "store: {type: redis, redis: {host: a, tls: {enabled: true, clientCertificate: true}}}",
                    "store.redis.tls.clientCertificate is true, but there is no certificate: set"),
            new Contradiction(
                    "{store: {type: redis, redis: {host: a}}, persistence: {existingClaim: c}}",
                    "persistence.existingClaim is set, but store.type is redis, which keeps nothing on a volume"),
            new Contradiction(
                    "store: {redis: {host: a}}",
                    "store.redis says where Redis is (host), but store.type is sqlite: set store.type to redis"),
            new Contradiction(
                    "persistence: {enabled: false, existingClaim: c}",
                    "persistence.existingClaim is set, but persistence.enabled is false: change one of them."),
            new Contradiction(
                    "assets: {type: s3}", "assets.type is s3, but nothing says which bucket: set assets.s3.bucket."),
            new Contradiction(
                    "assets: {s3: {bucket: drawings}}",
                    "assets.s3 has a bucket or a Secret, but images and videos are kept elsewhere (files): set"
                            + " assets.type to s3, or remove them."),
            new Contradiction(
                    "assets: {persistence: {enabled: true}}",
                    "assets.persistence.enabled is true, but only with store.type redis and assets.type files is there"
                            + " a folder for that volume"),
            new Contradiction(
                    "{replicaCount: 2, store: {type: redis, redis: {host: a}}, assets: {type: files, persistence:"
                            + " {enabled: true, accessModes: [ReadWriteOnce]}}}",
                    "assets.persistence.accessModes has no ReadWriteMany, but all servers need the same folder"),
            new Contradiction(
                    "assets: {persistence: {existingClaim: c}}",
                    "assets.persistence.existingClaim is set, but assets.persistence.enabled is false"),
            new Contradiction(
                    "{replicaCount: 2, store: {type: redis, redis: {host: a}}, assets: {type: files}}",
                    "assets.type is files, but no volume is at assets.directory (/data/assets), and the servers need"
                            + " the same one: set assets.persistence.enabled to true"),
            new Contradiction(
                    "assets: {directory: /assets}",
                    "assets.type is files, but no volume is at assets.directory (/assets): set"),
            new Contradiction(
                    "access: {mode: jwt}",
                    "access.mode is jwt, but there is nothing to check tokens with: set one of access.jwt.secret"),
            new Contradiction(
                    "access: {mode: jwt, jwt: {generateSecret: true, jwksUri: 'https://a'}}",
                    "access.jwt has several keys (secret, jwksUri): keep one of them."),
            new Contradiction(
                    "access: {mode: jwt, jwt: {secret: short}}",
                    "access.jwt.secret is too short for HS256: make it 32 characters or more."),
            new Contradiction(
                    "access: {jwt: {issuerUri: 'https://a'}}",
                    "access.jwt has a key or an issuer, but access.mode is open: set access.mode to jwt"),
            new Contradiction(
                    "access: {mode: webhook}",
                    "access.mode is webhook, but nobody is there to ask: set access.webhook.url."),
            new Contradiction(
                    "access: {webhook: {url: 'https://a'}}",
                    "access.webhook.url is set, but access.mode is open: set access.mode to webhook"),
            new Contradiction(
                    "schema: {files: {a.json: '{}'}, existingConfigMap: types}",
                    "schema.files and schema.existingConfigMap are both set: keep one of them."),
            new Contradiction(
                    "schema: {migrator: {existingSecret: app}}",
                    "schema.migrator.existingSecret is set, but nobody is there to ask: set schema.migrator.url."),
            new Contradiction(
                    "schema: {authorizer: {existingSecret: app}}",
                    "schema.authorizer.existingSecret is set, but nobody is there to ask: set schema.authorizer.url."),
            new Contradiction(
                    "schema: {authorizer: {types: [vote]}}",
                    "schema.authorizer.types is set, but nobody is there to ask: set schema.authorizer.url."),
            new Contradiction(
                    "schema: {authorizer: {url: 'https://app.example.com'}}",
                    "schema.authorizer.url is set, but nothing is asked there: name record types in schema.authorizer.types."),
            new Contradiction(
                    "admin: {token: t, existingSecret: s}",
                    "admin.token and admin.existingSecret are both set: keep one of them."),
            new Contradiction(
                    "access: {mode: jwt, jwt: {secret: s, existingSecret: s}}",
                    "access.jwt.secret and access.jwt.existingSecret are both set: keep one of them."),
            new Contradiction(
                    "ingress: {enabled: true}", "ingress.enabled is true, but it has no host: set ingress.hosts."),
            new Contradiction(
                    "httpRoute: {enabled: true}",
                    "httpRoute.enabled is true, but it belongs to no gateway: set httpRoute.parentRefs."),
            new Contradiction(
                    "metrics: {enabled: false, serviceMonitor: {enabled: true}}",
                    "metrics.serviceMonitor.enabled is true, but metrics.enabled is false: change one of them."),
            new Contradiction(
                    "metrics: {enabled: false, prometheusRule: {enabled: true}}",
                    "metrics.prometheusRule.enabled is true, but metrics.enabled is false: change one of them."),
            new Contradiction(
                    "metrics: {enabled: false, dashboard: {enabled: true}}",
                    "metrics.dashboard.enabled is true, but metrics.enabled is false: change one of them."),
            new Contradiction(
                    "{autoscaling: {enabled: true, targetSessionsPerPod: 500}, metrics: {enabled: false}}",
                    "autoscaling.targetSessionsPerPod needs a metric, but metrics.enabled is false"),
            new Contradiction(
                    "{metrics: {serviceMonitor: {enabled: true}}, networkPolicy: {management: {from: []}}}",
                    "metrics.serviceMonitor.enabled is true, but the network policy lets nobody scrape: set"),
            new Contradiction(
                    "podDisruptionBudget: {enabled: true, minAvailable: 1}",
                    "podDisruptionBudget has both minAvailable and maxUnavailable: set one of them to null."),
            new Contradiction(
                    "podDisruptionBudget: {enabled: true, maxUnavailable: null}",
                    "podDisruptionBudget says nothing: set minAvailable or maxUnavailable, or enabled to false."),
            new Contradiction(
                    "podDisruptionBudget: {enabled: true, maxUnavailable: 0}",
                    "podDisruptionBudget.maxUnavailable is 0, so no node could ever be drained: set it to 1."),
            new Contradiction(
                    "podDisruptionBudget: {enabled: true, maxUnavailable: null, minAvailable: 1}",
                    "podDisruptionBudget.minAvailable is 1 of 1, so no node could ever be drained"),
            new Contradiction(
                    "podDisruptionBudget: {enabled: true, maxUnavailable: null, minAvailable: 50%}",
                    "podDisruptionBudget.minAvailable is 50% of 1, so no node could ever be drained"),
            new Contradiction(
                    "ports: {http: 9000, management: 9000}",
                    "ports.http and ports.management are the same, so that metrics would be as public as the"
                            + " whiteboard"),
            new Contradiction(
                    "shutdown: {gracePeriodSeconds: 30}",
                    "shutdown.gracePeriodSeconds is 30, so servers could be killed while they put rooms away: set it"
                            + " to 60 or more, or to null."),
            new Contradiction(
                    "serviceAccount: {create: false, annotations: {a: b}}",
                    "serviceAccount.annotations are set, but serviceAccount.create is false: change one of them."),
            new Contradiction(
                    "service: {nodePort: 30000}",
                    "service.nodePort is set, but service.type is ClusterIP: set it to NodePort or LoadBalancer"),
            new Contradiction(
                    "config: {drawbridge: {store: {type: redis}}}",
                    "config sets drawbridge.store.type, which the chart sets from a value of its own: remove it"),
            new Contradiction(
                    "config: {management.server.port: 1}",
                    "config sets management.server.port, which the chart sets from a value of its own: remove it"),
            new Contradiction(
                    "config: {spring: {lifecycle: {timeoutPerShutdownPhase: 1s}}}",
                    "config sets spring.lifecycle.timeoutpershutdownphase, which the chart sets from a value of its"
                            + " own"),
            new Contradiction(
                    "{config: {spring.data.redis.password: p}, store: {type: redis, redis: {host: h, password: q}}}",
                    "config sets spring.data.redis.password, which the chart sets from a value of its own"),
            new Contradiction(
                    "extraEnv: [{name: SERVER_PORT, value: '1'}]",
                    "extraEnv sets SERVER_PORT, which the chart sets from a value of its own: remove it from"
                            + " extraEnv, and set that value."),
            new Contradiction(
                    "{jvm: {options: -Xss1m}, extraEnv: [{name: JAVA_TOOL_OPTIONS, value: -Xss2m}]}",
                    "extraEnv sets JAVA_TOOL_OPTIONS, and jvm.options is set too: keep one of them."));

    /** What the closed schema refuses by itself. */
    static final List<String> NOT_IN_THE_SCHEMA = List.of(
            "replicas: 1",
            "store: {typo: redis}",
            "store: {type: postgres}",
            "access: {jwt: {claims: {userid: sub}}}",
            "access: {mode: none}",
            "image: {digest: 'sha256:abc'}",
            "ports: {http: 0}",
            "probes: {liveness: {path: /}}",
            "ingress: {enabled: true, hosts: [{paths: [{path: /}]}]}",
            "store: {redis: {sentinel: {nodes: [no-port]}}}",
            "service: {type: ExternalName}",
            "whiteboard: {enabled: 'yes'}");

    @ParameterizedTest
    @FieldSource("CONTRADICTIONS")
    void failWithASentenceThatSaysWhatToChange(Contradiction contradiction) {
        assertThatThrownBy(() -> Chart.ours().render(contradiction.values()))
                .hasMessageContaining("These values contradict each other:")
                .hasMessageContaining(contradiction.sentence());
    }

    @ParameterizedTest
    @FieldSource("NOT_IN_THE_SCHEMA")
    void areRefusedWhenTheyAreNoneOfTheChart(String values) {
        assertThatThrownBy(() -> Chart.ours().render(values)).hasMessageContaining("schema");
    }

    @Test
    void areAllNamedAtOnce() {
        assertThatThrownBy(() -> Chart.ours().render("{replicaCount: 3, access: {mode: webhook}}"))
                .hasMessageContaining("store.type is sqlite")
                .hasMessageContaining("access.mode is webhook");
    }

    @Test
    void areEachTriedHere() throws IOException {
        String template = Files.readString(Chart.HOME.resolve("templates/_validate.tpl"));
        long sentences =
                template.lines().filter(line -> line.contains("append $faults")).count();
        assertThat(CONTRADICTIONS).hasSizeGreaterThanOrEqualTo(Math.toIntExact(sentences));
    }

    @Test
    void areNotSeenWhereThereAreNone() {
        assertThatCode(() -> {
                    Chart.ours().render("replicaCount: 0");
                    Chart.ours().render("{enabled: true, global: {anything: goes}}");
                    Chart.ours()
                            .render("{assets: {directory: /pictures/all}, extraVolumeMounts: [{name: p, mountPath:"
                                    + " /pictures/}], extraVolumes: [{name: p, emptyDir: {}}]}");
                    Chart.ours().render("{replicaCount: 0, podDisruptionBudget: {enabled: true}}");
                })
                .doesNotThrowAnyException();
    }
}

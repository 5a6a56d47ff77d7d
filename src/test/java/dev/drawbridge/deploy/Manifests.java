package dev.drawbridge.deploy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What the chart has made, as objects of Kubernetes' own types. */
final class Manifests {
    private static final KubernetesSerialization KUBERNETES = new KubernetesSerialization();
    private static final Pattern DOCUMENT = Pattern.compile("(?m)^---$");

    private final List<HasMetadata> objects;

    private Manifests(List<HasMetadata> objects) {
        this.objects = objects;
    }

    /** Parses strictly: a field that Kubernetes does not know fails, and so does a kind. */
    static Manifests parse(String text) {
        List<HasMetadata> objects = new ArrayList<>();
        for (String document : DOCUMENT.splitAsStream(text).toList()) {
            if (Yaml.parse(document).isEmpty()) {
                continue;
            }
            HasMetadata object = KUBERNETES.unmarshal(document);
            assertThat(object)
                    .as("Kubernetes knows the kind of %s", document)
                    .isNotInstanceOf(GenericKubernetesResource.class);
            assertThat(UnknownFields.in(object))
                    .as("fields that Kubernetes does not know in %s", document)
                    .isEmpty();
            objects.add(object);
        }
        return new Manifests(objects);
    }

    List<HasMetadata> objects() {
        return objects;
    }

    <T extends HasMetadata> List<T> all(Class<T> kind) {
        return objects.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    /** The one object of this kind. */
    <T extends HasMetadata> T the(Class<T> kind) {
        assertThat(all(kind)).hasSize(1);
        return all(kind).getFirst();
    }

    <T extends HasMetadata> T named(Class<T> kind, String name) {
        return all(kind).stream()
                .filter(object -> object.getMetadata().getName().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + kind.getSimpleName() + " " + name));
    }

    /** The Deployment or the StatefulSet. */
    HasMetadata workload() {
        List<HasMetadata> workloads = objects.stream()
                .filter(object -> object instanceof Deployment || object instanceof StatefulSet)
                .toList();
        assertThat(workloads).hasSize(1);
        return workloads.getFirst();
    }

    PodTemplateSpec pod() {
        return switch (workload()) {
            case Deployment deployment -> deployment.getSpec().getTemplate();
            case StatefulSet set -> set.getSpec().getTemplate();
            default -> throw new AssertionError();
        };
    }

    Map<String, String> selector() {
        return switch (workload()) {
            case Deployment deployment -> deployment.getSpec().getSelector().getMatchLabels();
            case StatefulSet set -> set.getSpec().getSelector().getMatchLabels();
            default -> throw new AssertionError();
        };
    }

    Container container() {
        return pod().getSpec().getContainers().getFirst();
    }

    /** The server's environment, with the secrets that the release's own Secret holds. */
    Map<String, String> environment() {
        Map<String, String> environment = new LinkedHashMap<>();
        for (EnvVar variable : container().getEnv()) {
            if (variable.getValue() != null) {
                environment.put(variable.getName(), variable.getValue());
            } else if (variable.getValueFrom().getSecretKeyRef() != null) {
                var reference = variable.getValueFrom().getSecretKeyRef();
                environment.put(variable.getName(), secret(reference.getName(), reference.getKey()));
            }
        }
        return environment;
    }

    String secret(String name, String key) {
        String value = named(Secret.class, name).getData().get(key);
        assertThat(value).as("key %s of Secret %s", key, name).isNotNull();
        return new String(Base64.getDecoder().decode(value), UTF_8);
    }

    /** The names of the Secrets that the pod wants to read. */
    List<String> secretsOfThePod() {
        Stream<String> environment = container().getEnv().stream()
                .filter(variable -> variable.getValueFrom() != null
                        && variable.getValueFrom().getSecretKeyRef() != null)
                .map(variable -> variable.getValueFrom().getSecretKeyRef().getName());
        Stream<String> files = pod().getSpec().getVolumes().stream()
                .filter(volume -> volume.getProjected() != null)
                .flatMap(volume -> volume.getProjected().getSources().stream())
                .map(source -> source.getSecret().getName());
        return Stream.concat(environment, files).distinct().toList();
    }
}

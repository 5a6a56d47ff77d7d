package dev.drawbridge.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.FreePort;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapVolumeSource;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.HTTPGetAction;
import io.fabric8.kubernetes.api.model.ProjectedVolumeSource;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The packaged jar, started as the kubelet would start the chart's container: with its environment and the files of its
 * volumes, secrets filled in. Only paths and ports are others, since a machine has but one of each.
 */
final class PodProcess implements AutoCloseable {
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final Manifests manifests;
    private final Path root;
    /** By the container's port: that of this machine. */
    private final Map<Integer, Integer> ports = new HashMap<>();

    private final Process process;

    private PodProcess(Manifests manifests, Path root, Map<String, String> moreEnvironment) throws IOException {
        this.manifests = manifests;
        this.root = root;
        for (ContainerPort port : manifests.container().getPorts()) {
            ports.put(port.getContainerPort(), FreePort.next());
        }
        for (VolumeMount mount : manifests.container().getVolumeMounts()) {
            mount(mount);
        }
        this.process = launch(moreEnvironment);
    }

    /**
     * Starts it.
     *
     * @param root the folder in which everything is that the pod has mounted
     * @param environment what is another one than rendered: where Redis is
     */
    static PodProcess start(Manifests manifests, Path root, Map<String, String> environment) throws IOException {
        return new PodProcess(manifests, root, environment);
    }

    private Process launch(Map<String, String> moreEnvironment) throws IOException {
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "@" + Path.of("deploy/jvm.args").toAbsolutePath(),
                "-Xmx256m",
                "-Djava.io.tmpdir=" + inside("/tmp"),
                "-jar",
                jar().toString());
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(root.toFile())
                .redirectErrorStream(true)
                .redirectOutput(root.resolve("server.log").toFile());
        Map<String, String> environment = builder.environment();
        environment.keySet().removeIf(name -> !name.equals("PATH"));
        manifests.environment().forEach((name, value) -> environment.put(name, remapped(name, value)));
        manifests.container().getEnv().stream()
                .filter(variable -> variable.getValueFrom() != null
                        && variable.getValueFrom().getFieldRef() != null
                        && variable.getValueFrom().getFieldRef().getFieldPath().equals("status.podIP"))
                .forEach(variable -> environment.put(variable.getName(), "127.0.0.1"));
        environment.put("SERVER_ADDRESS", "127.0.0.1");
        environment.put("MANAGEMENT_SERVER_ADDRESS", "127.0.0.1");
        // What a pod always has, and by which Spring Boot knows that it is in Kubernetes.
        environment.put("KUBERNETES_SERVICE_HOST", "127.0.0.1");
        environment.put("KUBERNETES_SERVICE_PORT", "443");
        environment.putAll(moreEnvironment);
        return builder.start();
    }

    private String remapped(String name, String value) {
        if (name.endsWith("SERVER_PORT") || name.endsWith("CLUSTER_PORT")) {
            return Integer.toString(Objects.requireNonNull(ports.get(Integer.parseInt(value))));
        }
        for (VolumeMount mount : manifests.container().getVolumeMounts()) {
            String path = mount.getMountPath();
            if (value.startsWith(path + "/") || value.startsWith("file:" + path + "/")) {
                return value.replace(path, inside(path).toString());
            }
        }
        return value;
    }

    private void mount(VolumeMount mount) throws IOException {
        Path folder = Files.createDirectories(inside(mount.getMountPath()));
        for (Volume volume : manifests.pod().getSpec().getVolumes()) {
            if (volume.getName().equals(mount.getName())) {
                if (volume.getProjected() != null) {
                    project(volume.getProjected(), folder);
                } else if (volume.getConfigMap() != null) {
                    copy(volume.getConfigMap(), folder);
                } else {
                    assertThat(volume.getEmptyDir()).as("%s", volume).isNotNull();
                }
            }
        }
    }

    private void project(ProjectedVolumeSource volume, Path folder) throws IOException {
        for (var source : volume.getSources()) {
            for (var item : source.getSecret().getItems()) {
                Files.writeString(
                        folder.resolve(item.getPath()),
                        manifests.secret(source.getSecret().getName(), item.getKey()));
            }
        }
    }

    private void copy(ConfigMapVolumeSource volume, Path folder) throws IOException {
        for (var entry :
                manifests.named(ConfigMap.class, volume.getName()).getData().entrySet()) {
            Files.writeString(folder.resolve(entry.getKey()), entry.getValue());
        }
    }

    private Path inside(String path) {
        return root.resolve(path.substring(1));
    }

    /** The port of this machine that a port of a Service leads to. */
    int port(String serviceName, int servicePort) {
        Service service = manifests.named(Service.class, serviceName);
        String target = service.getSpec().getPorts().stream()
                .filter(port -> port.getPort() == servicePort)
                .findFirst()
                .orElseThrow(() -> new AssertionError(serviceName + " has no port " + servicePort))
                .getTargetPort()
                .getStrVal();
        return port(target);
    }

    private int port(String name) {
        return manifests.container().getPorts().stream()
                .filter(port -> port.getName().equals(name))
                .map(ContainerPort::getContainerPort)
                .map(port -> Objects.requireNonNull(ports.get(port)))
                .findFirst()
                .orElseThrow(() -> new AssertionError("the container has no port " + name));
    }

    /** Whether a probe is content, as the kubelet sees it. */
    boolean answers(HTTPGetAction probe) {
        assertThat(process.isAlive())
                .withFailMessage(() -> "the server has ended:\n" + log())
                .isTrue();
        int status = status(port(probe.getPort().getStrVal()), probe.getPath());
        return status >= 200 && status < 400;
    }

    /** The status, or 0 where nobody listens. */
    static int status(int port, String path) {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(10))
                .build();
        try {
            return HTTP.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        } catch (IOException e) {
            return 0;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    static String text(int port, String path) throws IOException, InterruptedException {
        return HTTP.send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
    }

    String log() {
        try {
            return Files.readString(root.resolve("server.log"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@code SIGTERM}, and the patience of the pod. Returns the exit code. */
    int terminate() throws InterruptedException {
        process.destroy();
        assertThat(process.waitFor(manifests.pod().getSpec().getTerminationGracePeriodSeconds(), TimeUnit.SECONDS))
                .as("ended within the grace period")
                .isTrue();
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    private static Path jar() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("target"))) {
            List<Path> jars = new ArrayList<>(
                    files.filter(file -> file.getFileName().toString().matches("drawbridge-.*(?<!sources)\\.jar"))
                            .toList());
            assertThat(jars).as("the packaged jar").hasSize(1);
            return jars.getFirst().toAbsolutePath();
        }
    }
}

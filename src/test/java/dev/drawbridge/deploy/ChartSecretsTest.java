package dev.drawbridge.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Secret;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The chart's secrets")
class ChartSecretsTest {
    private static final String NAME = "my-drawbridge";
    private static final String GENERATING = "access: {mode: jwt, jwt: {generateSecret: true}}";

    @AfterEach
    void forget() {
        FakeCluster.running().clear();
    }

    @Test
    void areMadeOnceAndKept() {
        Manifests installed = Chart.ours().render(GENERATING);
        FakeCluster.running().keep(installed.the(Secret.class));
        Manifests upgraded = Chart.ours().render(GENERATING);
        assertThat(upgraded.the(Secret.class).getData())
                .containsOnlyKeys("admin-token", "jwt-secret")
                .isEqualTo(installed.the(Secret.class).getData());
        assertThat(upgraded.pod().getMetadata().getAnnotations())
                .as("what would restart the pods")
                .isEqualTo(installed.pod().getMetadata().getAnnotations());
    }

    @Test
    void areNotTheSameInTwoInstallations() {
        assertThat(Chart.ours().render(GENERATING).secret(NAME, "admin-token"))
                .hasSize(48)
                .isNotEqualTo(Chart.ours().render(GENERATING).secret(NAME, "admin-token"));
    }

    @Test
    void areMadeWhenAnUpgradeAsksForThemFirst() {
        Manifests installed = Chart.ours().render("");
        FakeCluster.running().keep(installed.the(Secret.class));
        Manifests upgraded = Chart.ours().render(GENERATING);
        assertThat(upgraded.secret(NAME, "jwt-secret")).hasSize(48);
        assertThat(upgraded.secret(NAME, "admin-token")).isEqualTo(installed.secret(NAME, "admin-token"));
    }

    @Test
    void areThoseThatAreGivenAndChangeThePodsWithThem() {
        Manifests first = Chart.ours().render("admin: {token: one}");
        FakeCluster.running().keep(first.the(Secret.class));
        Manifests second = Chart.ours().render("admin: {token: two}");
        assertThat(second.secret(NAME, "admin-token")).isEqualTo("two");
        assertThat(second.pod().getMetadata().getAnnotations())
                .as("what restarts the pods")
                .isNotEqualTo(first.pod().getMetadata().getAnnotations());
    }

    @Test
    void areInTheReleasesOwnSecretUnlessSomebodyElseHasThem() {
        for (var values : Chart.valueFiles()) {
            Manifests manifests = Chart.ours().render(values);
            for (String secret : manifests.secretsOfThePod()) {
                if (secret.equals(NAME)) {
                    assertThat(manifests.all(Secret.class)).as("%s", values).hasSize(1);
                }
            }
        }
    }
}

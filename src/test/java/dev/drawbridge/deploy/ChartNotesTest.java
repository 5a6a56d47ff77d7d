package dev.drawbridge.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("What the chart says when it is installed")
class ChartNotesTest {

    private static String notes(String feature) {
        return Chart.ours().notes(Chart.valueFile(feature));
    }

    @Test
    void isTheNextThreeCommands() {
        assertThat(notes("default"))
                .contains("kubectl -n boards rollout status statefulset/my-drawbridge && helm -n boards test my")
                .contains("kubectl -n boards port-forward service/my-drawbridge 8080:80")
                .contains("kubectl -n boards get secret my-drawbridge -o jsonpath='{.data.admin-token}' | base64 -d")
                .contains("WARNING: access.mode is open.")
                .doesNotContain("persistence.enabled");
    }

    @Test
    void isWhereTheWhiteboardIs() {
        assertThat(notes("ingress")).contains("open https://board.example.com/");
        assertThat(notes("http-route")).contains("open https://board.example.com/");
        assertThat(notes("redis-host")).contains("rollout status deployment/my-drawbridge");
        assertThat(notes("existing-secrets"))
                .contains("get secret boards-admin -o jsonpath='{.data.token}'")
                .doesNotContain("WARNING");
    }

    @Test
    void isAWarningWhenNothingIsKept() {
        assertThat(notes("sqlite-ephemeral"))
                .contains("WARNING: persistence.enabled is false, so all rooms are gone with the pod.");
    }
}

package dev.drawbridge.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The image")
class ImageProofIT {

    @Test
    @EnabledOnOs(OS.LINUX)
    void isBuiltAndStartsAsTheDockerfileSays(@TempDir Path folder) throws Exception {
        Path output = folder.resolve("output");
        ProcessBuilder builder = new ProcessBuilder("bash", "deploy/prove-image.sh").redirectErrorStream(true);
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        Process proof = builder.redirectOutput(output.toFile()).start();
        try {
            assertThat(proof.waitFor(10, TimeUnit.MINUTES)).isTrue();
            assertThat(proof.exitValue()).as(Files.readString(output)).isZero();
            assertThat(output).content().contains("PROVEN");
        } finally {
            proof.destroy();
        }
    }
}

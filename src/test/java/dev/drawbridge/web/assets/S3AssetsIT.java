package dev.drawbridge.web.assets;

import static dev.drawbridge.web.assets.AssetClient.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drawbridge.FreePort;
import dev.drawbridge.assets.Samples;
import dev.drawbridge.s3.S3Server;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@DisplayName("Images and videos in S3")
@ExtendWith(OutputCaptureExtension.class)
class S3AssetsIT {
    @TempDir
    static Path folder;

    private static S3Server s3;

    @BeforeAll
    static void start() throws Exception {
        s3 = S3Server.start();
        s3.createBucket("drawings");
        // One way of the SDK's own chain of credentials.
        System.setProperty("aws.accessKeyId", S3Server.ACCESS_KEY);
        System.setProperty("aws.secretAccessKey", S3Server.SECRET_KEY);
    }

    @AfterAll
    static void stop() throws Exception {
        System.clearProperty("aws.accessKeyId");
        System.clearProperty("aws.secretAccessKey");
        s3.close();
    }

    private static AssetServer server(String... settings) {
        List<String> all = new ArrayList<>(List.of(
                "--drawbridge.assets.type=s3",
                "--drawbridge.assets.s3.path-style=true",
                "--drawbridge.assets.s3.spool-directory=" + folder.resolve("spool")));
        all.addAll(Arrays.asList(settings));
        return AssetServer.start(folder, all.toArray(String[]::new));
    }

    @Test
    @DisplayName("are there for every server that shares the bucket, also after the one that took them has ended")
    void shared(CapturedOutput output) throws Exception {
        String[] bucket = {"--drawbridge.assets.s3.bucket=drawings", "--drawbridge.assets.s3.endpoint=" + s3.uri()};
        byte[] content = Samples.png(700_000);
        try (AssetServer one = server(bucket);
                AssetClient client = new AssetClient(one.port())) {
            assertThat(client.put("/uploads/a%20picture.png?room=r", content).statusCode())
                    .isEqualTo(201);
        }
        try (AssetServer other = server(bucket);
                AssetClient client = new AssetClient(other.port())) {
            HttpResponse<byte[]> all = client.get("/uploads/a%20picture.png");
            assertThat(all.headers().firstValue("Content-Type")).contains("image/png");
            assertThat(all.body()).isEqualTo(content);
            HttpResponse<byte[]> part = client.get("/uploads/a%20picture.png", "Range", "bytes=100-199");
            assertThat(part.statusCode()).isEqualTo(206);
            assertThat(part.body()).isEqualTo(Arrays.copyOfRange(content, 100, 200));
            assertThat(client.put("/uploads/a%20picture.png", content).statusCode())
                    .isEqualTo(200);
            assertThat(client.put("/uploads/a%20picture.png", Samples.png()).statusCode())
                    .isEqualTo(409);
            assertThat(client.get("/uploads/nothing.png").statusCode()).isEqualTo(404);
        }
        assertThat(output).contains("Images and videos are kept in S3, drawings/drawbridge/ at " + s3.uri());
    }

    @Test
    @DisplayName("that S3 cannot take now are answered with 503, without a stack trace anywhere, and the server lives")
    void away(CapturedOutput output) throws Exception {
        try (AssetServer server = server(
                        "--drawbridge.assets.s3.bucket=drawings",
                        "--drawbridge.assets.s3.endpoint=http://127.0.0.1:" + FreePort.next());
                AssetClient client = new AssetClient(server.port())) {
            HttpResponse<byte[]> answer = client.put("/uploads/picture.png", Samples.png());
            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(text(answer)).doesNotContain("127.0.0.1").doesNotContain("Exception");
            assertThat(client.get("/actuator/health/liveness").statusCode()).isEqualTo(200);
        }
        assertThat(output).contains("nobody takes the connection").doesNotContain("\tat ");
    }

    @ParameterizedTest(name = "{0}={1}")
    @CsvSource(delimiter = '|', textBlock = """
            s3.bucket       | nobody-made-it | there is no bucket nobody-made-it
            s3.bucket       | ''             | drawbridge.assets.s3.bucket is missing
            s3.endpoint     | ftp://s3       | is not the address of a server
            s3.prefix       | /slash         | not begin with a slash
            s3.timeout      | 0s             | must be a duration of 1ms or more
            s3.spool-limit  | 1KB            | must be a size of at least 1MB
            s3.spool-limit  | 9MB            | is less than drawbridge.assets.max-size
            max-size        | 6GB            | is more than S3 takes at once
            """)
    @DisplayName("do not start with a setting that cannot be, which is said in a sentence")
    void settings(String setting, String value, String sentence, CapturedOutput output) {
        List<String> settings = new ArrayList<>(
                List.of("--drawbridge.assets.s3.bucket=drawings", "--drawbridge.assets.s3.endpoint=" + s3.uri()));
        settings.removeIf(each -> each.startsWith("--drawbridge.assets." + setting + "="));
        settings.add("--drawbridge.assets." + setting + "=" + value);

        assertThatThrownBy(() -> server(settings.toArray(String[]::new)).close())
                .isNotNull();

        assertThat(output)
                .contains("APPLICATION FAILED TO START")
                .contains(sentence)
                .doesNotContain("\tat ");
    }
}

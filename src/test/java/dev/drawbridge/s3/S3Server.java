package dev.drawbridge.s3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.FreePort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/** S3Proxy, as a process of its own: S3 in memory, which checks signatures. Maven has put it where it is started from. */
public final class S3Server implements AutoCloseable {
    public static final String ACCESS_KEY = "drawbridge";
    public static final String SECRET_KEY = "the-secret-of-the-tests";

    private static final Path JAR = Path.of("target/s3proxy/s3proxy.jar");

    private final Process process;
    private final int port;
    private final Path settings;

    private S3Server(Process process, int port, Path settings) {
        this.process = process;
        this.port = port;
        this.settings = settings;
    }

    public static S3Server start() throws IOException {
        assertThat(JAR).as("fetched by ./mvnw process-test-resources").exists();
        int port = FreePort.next();
        Path settings = Files.createTempFile("s3proxy", ".properties");
        Files.writeString(settings, """
                s3proxy.endpoint=http://127.0.0.1:%d
                s3proxy.authorization=aws-v2-or-v4
                s3proxy.identity=%s
                s3proxy.credential=%s
                jclouds.provider=transient-nio2
                jclouds.identity=none
                jclouds.credential=none
                """.formatted(port, ACCESS_KEY, SECRET_KEY));
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin/java").toString(),
                        "-Xmx256m",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-jar",
                        JAR.toString(),
                        "--properties",
                        settings.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        S3Server server = new S3Server(process, port, settings);
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> !process.isAlive() || server.takesConnections());
        assertThat(process.isAlive()).as("S3Proxy runs").isTrue();
        return server;
    }

    private boolean takesConnections() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    public URI uri() {
        return URI.create("http://127.0.0.1:" + port);
    }

    /** Makes a bucket. */
    public void createBucket(String bucket) {
        try (S3Client client = S3Client.builder()
                .endpointOverride(uri())
                .region(Region.US_EAST_1)
                .forcePathStyle(true)
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .credentialsProvider(
                        StaticCredentialsProvider.create(AwsBasicCredentials.create(ACCESS_KEY, SECRET_KEY)))
                .build()) {
            client.createBucket(request -> request.bucket(bucket));
        }
    }

    /** Where it listens. */
    public int port() {
        return port;
    }

    @Override
    public void close() throws IOException {
        process.destroyForcibly().onExit().join();
        Files.deleteIfExists(settings);
    }
}

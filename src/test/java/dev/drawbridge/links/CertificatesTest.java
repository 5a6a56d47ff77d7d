package dev.drawbridge.links;

import static dev.drawbridge.links.Pages.WEB;
import static dev.drawbridge.links.Pages.url;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIMatcher;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Fetching by https, from an address that was chosen beforehand,")
class CertificatesTest {
    private static final char[] PASSWORD = "changeit".toCharArray();

    private final List<String> namesAskedFor = new CopyOnWriteArrayList<>();
    private final Pages.Names names = new Pages.Names().with("web.example", WEB).with("other.example", WEB);
    private SSLContext tls;
    private X509TrustManager trust;
    private RawServer web;

    @BeforeEach
    void start(@TempDir Path folder) throws Exception {
        KeyStore keys = keysOf("web.example", folder.resolve("keys.p12"));
        KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        own.init(keys, PASSWORD);
        TrustManagerFactory trusted = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trusted.init(keys);
        trust = (X509TrustManager) trusted.getTrustManagers()[0];
        tls = SSLContext.getInstance("TLS");
        tls.init(own.getKeyManagers(), trusted.getTrustManagers(), null);
        SSLServerSocket listening =
                (SSLServerSocket) tls.getServerSocketFactory().createServerSocket();
        SSLParameters parameters = listening.getSSLParameters();
        parameters.setSNIMatchers(List.of(new Notes()));
        listening.setSSLParameters(parameters);
        listening.bind(new InetSocketAddress(InetAddress.ofLiteral(WEB), 0));
        web = RawServer.serving(listening).page("/", "hello");
    }

    private static KeyStore keysOf(String name, Path file)
            throws IOException, InterruptedException, GeneralSecurityException {
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "web",
                        "-keyalg",
                        "EC",
                        "-storetype",
                        "PKCS12",
                        "-dname",
                        "CN=" + name,
                        "-ext",
                        "SAN=dns:" + name,
                        "-keystore",
                        file.toString(),
                        "-storepass",
                        new String(PASSWORD))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(keytool.waitFor()).isZero();
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            keys.load(in, PASSWORD);
        }
        KeyStore both = KeyStore.getInstance("PKCS12");
        both.load(null, null);
        both.setKeyEntry("web", keys.getKey("web", PASSWORD), PASSWORD, keys.getCertificateChain("web"));
        both.setCertificateEntry("trusted", keys.getCertificate("web"));
        return both;
    }

    private final class Notes extends SNIMatcher {

        Notes() {
            super(0);
        }

        @Override
        public boolean matches(SNIServerName name) {
            namesAskedFor.add(new SNIHostName(name.getEncoded()).getAsciiName());
            return true;
        }
    }

    @AfterEach
    void stop() {
        web.close();
    }

    private Fetched fetch(String host, OkHttpClient client) throws NotFetchedException {
        LinkSettings settings = Pages.settings(Set.of(web.port()));
        return new SafeFetcher(settings, Pages.destinations(settings, names), names, client)
                .fetch(url("https://" + host + ":" + web.port()), Deadline.in(Pages.TIMEOUT, System::nanoTime));
    }

    private OkHttpClient trusting() {
        return new OkHttpClient.Builder()
                .sslSocketFactory(tls.getSocketFactory(), trust)
                .build();
    }

    @Test
    @DisplayName("asks for the name, and checks the certificate for it")
    void name() throws NotFetchedException {
        assertThat(fetch("web.example", trusting()).body()).asString().isEqualTo("hello");
        assertThat(namesAskedFor).containsOnly("web.example");
        assertThatThrownBy(() -> fetch("other.example", trusting())).isInstanceOf(NotFetchedException.class);
        assertThatThrownBy(() -> fetch(WEB, trusting())).isInstanceOf(NotFetchedException.class);
        assertThat(web.asked).hasSize(1);
    }

    @Test
    @DisplayName("trusts no certificate of a stranger's own")
    void ownCertificate() {
        assertThatThrownBy(() -> fetch("web.example", new OkHttpClient()))
                .isInstanceOfSatisfying(
                        NotFetchedException.class, e -> assertThat(e.outcome()).isEqualTo(LinkOutcome.UNREACHABLE));
        assertThat(web.asked).isEmpty();
    }
}

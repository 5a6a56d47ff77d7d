package dev.drawbridge;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * An authority that is made for a test, and the certificates that it gives, by the JDK's own {@code keytool}. What it makes is
 * for 127.0.0.1, and nobody else trusts it.
 */
public final class Certificates {
    public static final String PASSWORD = "not-a-secret";
    private static final String AUTHORITY = "authority";
    private static final String PKCS12 = "PKCS12";

    private final Path folder;
    private final Path all;

    /** @param folder an empty one */
    public Certificates(Path folder) {
        this.folder = folder;
        this.all = folder.resolve("all.p12");
        keytool(AUTHORITY, List.of("-ext", "bc:critical=ca:true", "-validity", "2"));
    }

    /** Gives somebody a certificate that is good for today; returns a key store with that and its key. */
    public Path give(String name) {
        return give(name, List.of("-validity", "2"));
    }

    /** One that was good until yesterday. */
    public Path giveExpired(String name) {
        return give(name, List.of("-startdate", "-3d", "-validity", "2"));
    }

    private Path give(String name, List<String> valid) {
        List<String> options = new ArrayList<>(List.of("-signer", AUTHORITY, "-ext", "san=ip:127.0.0.1"));
        options.addAll(valid);
        keytool(name, options);
        try {
            KeyStore one = KeyStore.getInstance(PKCS12);
            one.load(null, null);
            KeyStore.ProtectionParameter password = new KeyStore.PasswordProtection(PASSWORD.toCharArray());
            one.setEntry(name, load(all).getEntry(name, password), password);
            return store(one, name + ".p12");
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A key store with the certificate of the authority, for who trusts it. */
    public Path authority() {
        try {
            KeyStore trusted = KeyStore.getInstance(PKCS12);
            trusted.load(null, null);
            trusted.setCertificateEntry(AUTHORITY, load(all).getCertificate(AUTHORITY));
            return store(trusted, "trusted.p12");
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** For who has this certificate, and trusts the authority. */
    public SSLContext context(Path certificate) {
        try {
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(load(certificate), PASSWORD.toCharArray());
            return context(keys.getKeyManagers());
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** For who trusts the authority, and has no certificate. */
    public SSLContext contextWithout() {
        return context(new KeyManager[0]);
    }

    private SSLContext context(KeyManager[] keys) {
        try {
            TrustManagerFactory trusted = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trusted.init(load(authority()));
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys, trusted.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The settings of an SSL bundle with a certificate, as arguments of a server. */
    public List<String> bundle(String bundle, Path certificate) {
        String prefix = "--spring.ssl.bundle.jks." + bundle + ".";
        return List.of(
                prefix + "keystore.location=" + certificate.toUri(),
                prefix + "keystore.password=" + PASSWORD,
                prefix + "truststore.location=" + authority().toUri(),
                prefix + "truststore.password=" + PASSWORD);
    }

    private static KeyStore load(Path file) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance(PKCS12);
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, PASSWORD.toCharArray());
        }
        return store;
    }

    private Path store(KeyStore store, String name) throws GeneralSecurityException, IOException {
        Path file = folder.resolve(name);
        try (OutputStream out = Files.newOutputStream(file)) {
            store.store(out, PASSWORD.toCharArray());
        }
        return file;
    }

    /** Makes a key, and a certificate for it. */
    private void keytool(String name, List<String> options) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-J-XX:TieredStopAtLevel=1",
                "-genkeypair",
                "-alias",
                name,
                "-dname",
                "CN=" + name,
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-storetype",
                PKCS12,
                "-keystore",
                all.toString(),
                "-storepass",
                PASSWORD));
        command.addAll(options);
        try {
            Process keytool =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            byte[] said = keytool.getInputStream().readAllBytes();
            assertThat(keytool.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(keytool.exitValue())
                    .as(new String(said, StandardCharsets.UTF_8))
                    .isZero();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}

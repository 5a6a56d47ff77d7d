package dev.drawbridge.security;

import dev.drawbridge.config.SettingException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.cert.CertificateFactory;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.core.io.DefaultResourceLoader;
import org.springframework.core.io.FileSystemResource;
import org.springframework.core.io.Resource;

/** Reads a public key, given as PEM text or by the place where that lies. */
final class PublicKeys {
    private static final Pattern PEM =
            Pattern.compile("-----BEGIN (PUBLIC KEY|CERTIFICATE)-----([A-Za-z0-9+/=\\s]+)-----END \\1-----");

    private PublicKeys() {}

    static PublicKey read(String property, String textOrLocation) {
        String text = textOrLocation.contains("-----BEGIN") ? textOrLocation : content(property, textOrLocation);
        Matcher pem = PEM.matcher(text);
        if (!pem.find()) {
            throw wrong(property, text.contains("PRIVATE KEY") ? "is a private key" : "is not a public key in PEM");
        }
        try {
            byte[] der = Base64.getMimeDecoder().decode(pem.group(2));
            return "CERTIFICATE".equals(pem.group(1)) ? ofCertificate(der) : ofKey(der);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw wrong(property, "cannot be read as a key");
        }
    }

    private static String content(String property, String location) {
        Resource resource = location.matches("(?i)(classpath|file|https?):.*")
                ? new DefaultResourceLoader().getResource(location)
                : new FileSystemResource(location);
        try {
            return resource.getContentAsString(StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new SettingException(
                    property, location, "cannot be read (" + e.getClass().getSimpleName() + ")", ALLOWED);
        }
    }

    private static PublicKey ofKey(byte[] der) throws GeneralSecurityException {
        X509EncodedKeySpec spec = new X509EncodedKeySpec(der);
        for (String kind : List.of("RSA", "EC")) {
            try {
                return KeyFactory.getInstance(kind).generatePublic(spec);
            } catch (InvalidKeySpecException e) {
                // the other kind, then
            }
        }
        throw new InvalidKeySpecException("neither RSA nor EC");
    }

    private static PublicKey ofCertificate(byte[] der) throws GeneralSecurityException {
        return CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(der))
                .getPublicKey();
    }

    private static final String ALLOWED = "Set it to an RSA or EC public key, or a certificate, in PEM"
            + " (-----BEGIN PUBLIC KEY-----…), or to the place where that lies: a path, file:… or classpath:….";

    private static SettingException wrong(String property, String problem) {
        return new SettingException(property, null, problem, ALLOWED);
    }
}

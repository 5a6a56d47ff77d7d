package dev.drawbridge.security;

import dev.drawbridge.config.AdminProperties;
import dev.drawbridge.config.SecretFile;
import dev.drawbridge.config.SettingException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The token that opens the admin API. Only its digest is kept. */
final class AdminToken {
    private static final Logger log = LoggerFactory.getLogger(AdminToken.class);

    private static final String TOKEN = "drawbridge.admin.token";
    private static final String TOKEN_FILE = "drawbridge.admin.token-file";
    private static final int GENERATED_BYTES = 32;
    private static final int SHORT = 16;

    /** What can stand in an {@code Authorization} header after {@code Bearer} (RFC 6750). */
    private static final Pattern SENDABLE = Pattern.compile("[A-Za-z0-9\\-._~+/]+=*");

    private final byte[] digest;

    private AdminToken(String token) {
        this.digest = digest(token);
    }

    static AdminToken of(AdminProperties properties) {
        if (properties.token() != null && properties.tokenFile() != null) {
            throw new SettingException(
                    TOKEN_FILE,
                    properties.tokenFile().toString(),
                    "is set, and " + TOKEN + " is set too",
                    "Set one of them, or none: then a token is made at start, and logged.");
        }
        if (properties.token() != null) {
            return checked(TOKEN, properties.token());
        }
        if (properties.tokenFile() != null) {
            return checked(TOKEN_FILE, SecretFile.read(TOKEN_FILE, properties.tokenFile()));
        }
        return generated();
    }

    private static AdminToken checked(String property, String token) {
        if (!SENDABLE.matcher(token).matches()) {
            throw new SettingException(
                    property,
                    null,
                    token.isEmpty() ? "holds no token" : "holds a token that no client could send",
                    "A token has letters, digits and -._~+/ only, and may end in =. For instance from: openssl rand -hex 32");
        }
        if (token.length() < SHORT) {
            log.warn("{} holds a token of {} characters, which can be guessed", property, token.length());
        }
        return new AdminToken(token);
    }

    private static AdminToken generated() {
        byte[] random = new byte[GENERATED_BYTES];
        new SecureRandom().nextBytes(random);
        String token = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
        log.info("The admin API is opened by this token until the next start ({} sets your own): {}", TOKEN, token);
        return new AdminToken(token);
    }

    /** Whether this is it; how long that takes tells nothing about it. */
    boolean is(String token) {
        return MessageDigest.isEqual(digest, digest(token));
    }

    private static byte[] digest(String token) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}

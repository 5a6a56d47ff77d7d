package dev.drawbridge.security;

import static com.nimbusds.jose.JWSAlgorithm.ES256;
import static com.nimbusds.jose.JWSAlgorithm.ES384;
import static com.nimbusds.jose.JWSAlgorithm.ES512;
import static com.nimbusds.jose.JWSAlgorithm.HS256;
import static com.nimbusds.jose.JWSAlgorithm.HS384;
import static com.nimbusds.jose.JWSAlgorithm.HS512;
import static com.nimbusds.jose.JWSAlgorithm.PS256;
import static com.nimbusds.jose.JWSAlgorithm.PS384;
import static com.nimbusds.jose.JWSAlgorithm.PS512;
import static com.nimbusds.jose.JWSAlgorithm.RS256;
import static com.nimbusds.jose.JWSAlgorithm.RS384;
import static com.nimbusds.jose.JWSAlgorithm.RS512;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.source.JWKSetSource;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.jwk.source.URLBasedJWKSetSource;
import com.nimbusds.jose.proc.JWSKeySelector;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.jose.util.ResourceRetriever;
import dev.drawbridge.config.AccessProperties.Jwt;
import dev.drawbridge.config.HttpUrl;
import dev.drawbridge.config.SecretFile;
import dev.drawbridge.config.SettingException;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.security.Key;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** Makes of the settings the one source of keys, together with the algorithms that are accepted with it. */
final class TokenKeys {
    private static final String PREFIX = "drawbridge.access.jwt.";
    private static final int MIN_SECRET_BYTES = 32;
    private static final int MIN_RSA_BITS = 2048;

    private static final int PATIENCE_MS = 3_000;
    private static final int MAX_KEY_SET_BYTES = 512 * 1024;
    private static final Duration KEYS_FRESH = Duration.ofMinutes(5);
    private static final Duration KEYS_USABLE = Duration.ofHours(1);
    private static final Duration QUEUE_PATIENCE = Duration.ofSeconds(10);

    private static final List<JWSAlgorithm> RSA = List.of(RS256, RS384, RS512, PS256, PS384, PS512);

    /** The first one is what is accepted by default. */
    private static final List<JWSAlgorithm> ANY_PUBLIC =
            List.of(RS256, RS384, RS512, PS256, PS384, PS512, ES256, ES384, ES512);

    private final Jwt settings;
    private final Duration betweenRequests;

    /** @param betweenRequests how often at most an issuer is asked for its keys, whatever key a token names */
    TokenKeys(Jwt settings, Duration betweenRequests) {
        this.settings = settings;
        this.betweenRequests = betweenRequests;
    }

    JWSKeySelector<SecurityContext> selector() {
        Map<String, Object> sources = sources();
        if (sources.size() != 1) {
            throw new SettingException(
                    "drawbridge.access.mode",
                    "jwt",
                    sources.isEmpty()
                            ? "needs a key, and none is set"
                            : "needs one source of keys, and there are " + sources.size() + ": "
                                    + String.join(", ", sources.keySet()),
                    "Set exactly one of " + PREFIX + "secret, " + PREFIX + "secret-file, " + PREFIX + "public-key, "
                            + PREFIX + "jwks-uri and " + PREFIX + "issuer-uri.");
        }
        if (settings.jwksUri() != null) {
            URL url = url("jwks-uri", settings.jwksUri());
            return remote(new URLBasedJWKSetSource<>(url, retriever()));
        }
        if (settings.issuerUri() != null) {
            url("issuer-uri", settings.issuerUri());
            return remote(new IssuerKeys(settings.issuerUri(), retriever()));
        }
        if (settings.publicKey() != null) {
            return publicKey(PublicKeys.read(PREFIX + "public-key", settings.publicKey()));
        }
        Secret secret = secret();
        return oneKey(secret.key(), secret.accepted());
    }

    /** What tokens can be signed with that are accepted; none where this server has public keys only. */
    Optional<SharedSecret> sharedSecret() {
        if (settings.secret() == null && settings.secretFile() == null) {
            return Optional.empty();
        }
        Secret secret = secret();
        return Optional.of(
                new SharedSecret(secret.key(), secret.accepted().iterator().next()));
    }

    private Secret secret() {
        return settings.secret() != null
                ? secret("secret", settings.secret())
                : secret(
                        "secret-file",
                        SecretFile.read(PREFIX + "secret-file", Objects.requireNonNull(settings.secretFile())));
    }

    /** The secret, and the algorithms that are accepted with it, those first that come first in the settings. */
    private record Secret(SecretKey key, Set<JWSAlgorithm> accepted) {}

    private Map<String, Object> sources() {
        Map<String, Object> sources = new LinkedHashMap<>();
        note(sources, "secret", settings.secret());
        note(sources, "secret-file", settings.secretFile());
        note(sources, "public-key", settings.publicKey());
        note(sources, "jwks-uri", settings.jwksUri());
        note(sources, "issuer-uri", settings.issuerUri());
        return sources;
    }

    private static void note(Map<String, Object> sources, String name, @Nullable Object value) {
        if (value != null) {
            sources.put(PREFIX + name, value);
        }
    }

    private Secret secret(String name, String secret) {
        byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
        if (bytes.length < MIN_SECRET_BYTES) {
            throw new SettingException(
                    PREFIX + name,
                    null,
                    "holds a secret of " + bytes.length + " bytes, which is too short to be safe",
                    "A secret has at least " + MIN_SECRET_BYTES + " bytes, for instance from: openssl rand -base64 48");
        }
        List<JWSAlgorithm> possible = new ArrayList<>(List.of(HS256));
        if (bytes.length >= 48) {
            possible.add(HS384);
        }
        if (bytes.length >= 64) {
            possible.add(HS512);
        }
        return new Secret(
                new SecretKeySpec(bytes, "HmacSHA256"), accepted(possible, "a secret of " + bytes.length + " bytes"));
    }

    private JWSKeySelector<SecurityContext> publicKey(PublicKey key) {
        return switch (key) {
            case RSAPublicKey rsa
            when rsa.getModulus().bitLength() >= MIN_RSA_BITS -> oneKey(rsa, accepted(RSA, "an RSA key"));
            case RSAPublicKey rsa ->
                throw badKey(
                        "is an RSA key of " + rsa.getModulus().bitLength() + " bits, which is too short to be safe");
            case ECPublicKey ec -> oneKey(ec, accepted(List.of(ofCurve(ec)), "this EC key"));
            default -> throw badKey("is of kind " + key.getAlgorithm());
        };
    }

    private static JWSAlgorithm ofCurve(ECPublicKey key) {
        Curve curve = Curve.forECParameterSpec(key.getParams());
        if (Curve.P_256.equals(curve)) {
            return ES256;
        } else if (Curve.P_384.equals(curve)) {
            return ES384;
        } else if (Curve.P_521.equals(curve)) {
            return ES512;
        }
        throw badKey("is on the curve " + curve);
    }

    private static SettingException badKey(String problem) {
        return new SettingException(
                PREFIX + "public-key",
                null,
                problem,
                "It may be an RSA key of at least " + MIN_RSA_BITS + " bits, or an EC key on P-256, P-384 or P-521.");
    }

    /** Whatever key id a token names: there is only this one. */
    private static JWSKeySelector<SecurityContext> oneKey(Key key, Set<JWSAlgorithm> accepted) {
        return (header, context) -> accepted.contains(header.getAlgorithm()) ? List.of(key) : List.of();
    }

    /**
     * Keys from the network: kept for a while, kept for longer while the issuer is down, and never asked for so often that
     * forged tokens could make us flood it.
     */
    private JWSKeySelector<SecurityContext> remote(JWKSetSource<SecurityContext> keys) {
        JWKSource<SecurityContext> source = JWKSourceBuilder.create(new LastKnownKeys(keys, KEYS_USABLE))
                .cache(KEYS_FRESH.toMillis(), QUEUE_PATIENCE.toMillis())
                .refreshAheadCache(false)
                .rateLimited(betweenRequests.toMillis())
                .build();
        return new JWSVerificationKeySelector<>(accepted(ANY_PUBLIC, "keys of an issuer"), source);
    }

    private static ResourceRetriever retriever() {
        return new DefaultResourceRetriever(PATIENCE_MS, PATIENCE_MS, MAX_KEY_SET_BYTES);
    }

    private Set<JWSAlgorithm> accepted(List<JWSAlgorithm> possible, String key) {
        if (settings.algorithms().isEmpty()) {
            return Set.of(possible.getFirst());
        }
        Set<JWSAlgorithm> accepted = new LinkedHashSet<>();
        for (String name : settings.algorithms()) {
            JWSAlgorithm algorithm = new JWSAlgorithm(name);
            if (!possible.contains(algorithm)) {
                throw new SettingException(
                        PREFIX + "algorithms",
                        String.join(",", settings.algorithms()),
                        "holds " + name + ", which is not possible with " + key,
                        "Possible are "
                                + String.join(
                                        ", ",
                                        possible.stream()
                                                .map(JWSAlgorithm::getName)
                                                .toList()) + ".");
            }
            accepted.add(algorithm);
        }
        return accepted;
    }

    private static URL url(String name, URI uri) {
        return HttpUrl.checked(PREFIX + name, uri);
    }
}

package dev.drawbridge.config;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Min;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Who may enter which room. A Spring bean of type {@code RoomAccess} replaces all of it.
 *
 * @param mode how that is decided: {@code open} lets everybody in, {@code jwt} asks for a signed token, {@code webhook} asks
 *     a service of yours
 * @param jwt signed tokens; used with mode {@code jwt}
 * @param webhook your own service; used with mode {@code webhook}
 */
@Validated
@ConfigurationProperties("drawbridge.access")
public record AccessProperties(
        @DefaultValue("open") Mode mode,
        @DefaultValue @Valid Jwt jwt,
        @DefaultValue @Valid Webhook webhook) {

    /** How it is decided who may enter. */
    public enum Mode {
        /** Everybody may enter every room and edit it. */
        OPEN,
        /** Who brings a token that covers the room. */
        JWT,
        /** Whom your own service lets in. */
        WEBHOOK
    }

    /**
     * Signed tokens. Exactly one of {@code secret}, {@code secret-file}, {@code public-key}, {@code jwks-uri} and {@code
     * issuer-uri} says where the key comes from.
     *
     * @param secret the shared secret of HMAC signatures, at least 32 bytes
     * @param secretFile a file with that secret; white space at its ends does not count
     * @param publicKey the public key of the signatures, RSA or EC: PEM text, or where it lies ({@code file:…}, {@code
     *     classpath:…}, a path)
     * @param jwksUri where a JSON Web Key Set with the public keys is served
     * @param issuerUri the issuer (OpenID Connect or OAuth 2), which tells where its keys are; tokens of others are refused
     * @param audience if set, a token must be meant for one of these ({@code aud})
     * @param algorithms the signature algorithms that are accepted; by default {@code HS256} for a secret, {@code RS256} for
     *     an RSA key, {@code jwks-uri} and {@code issuer-uri}, and the one of its curve for an EC key
     * @param cookie the name of a cookie that may carry the token; none by default
     * @param clockSkew how far the clocks of the issuer and of this server may be apart
     * @param claims which claims say what
     */
    public record Jwt(
            @Nullable String secret,
            @Nullable Path secretFile,
            @Nullable String publicKey,
            @Nullable URI jwksUri,
            @Nullable URI issuerUri,
            @DefaultValue List<String> audience,
            @DefaultValue List<String> algorithms,
            @Nullable String cookie,
            @DefaultValue("30s") @DurationMin Duration clockSkew,
            @DefaultValue Claims claims) {

        /** Without the secret. */
        @Override
        public String toString() {
            return "Jwt[…]";
        }
    }

    /**
     * Which claims of a token say what.
     *
     * @param userId the id of the user
     * @param name the name of the user
     * @param rooms the rooms that the token covers: a room id, or a pattern in which {@code *} stands for any characters, or
     *     an array of these; a token without it covers nothing
     * @param permission {@code edit}, {@code comment} or {@code view}; a token without it gives {@code view}
     * @param objectAccess {@code read} or {@code write}: what may be done with the records of the object lane, such as
     *     comments; without it {@code view} may read them, and the others may write them
     * @param history {@code read} or {@code restore}: what may be done with a room's past; without it nothing
     */
    public record Claims(
            @DefaultValue("sub") String userId,
            @DefaultValue("name") String name,
            @DefaultValue("rooms") String rooms,
            @DefaultValue("permission") String permission,
            @DefaultValue("objectAccess") String objectAccess,
            @DefaultValue("history") String history) {}

    /**
     * Your own service, which is asked by {@code POST}.
     *
     * @param url where it is asked
     * @param headers the headers of the client's request that it is told, for instance {@code Cookie} and {@code
     *     Authorization}
     * @param secret sent along as {@code Authorization: Bearer …}, so that it knows who asks
     * @param timeout how long it may take to answer; then the client is told to come back later
     * @param cacheTtl how long an answer holds for those who ask the very same again; {@code 0} asks each time
     * @param maxConcurrent how many questions it is asked at once
     * @param maxWaiting how many more wait for their turn, none longer than {@code timeout}; beyond that a client is told to
     *     come back later
     */
    public record Webhook(
            @Nullable URI url,
            @DefaultValue List<String> headers,
            @Nullable String secret,
            @DefaultValue("3s") @DurationMin(millis = 1) Duration timeout,
            @DefaultValue("10s") @DurationMin Duration cacheTtl,
            @DefaultValue("64") @Min(1) int maxConcurrent,
            @DefaultValue("2000") @Min(0) int maxWaiting) {

        /** Without the secret. */
        @Override
        public String toString() {
            return "Webhook[url=" + url + "]";
        }
    }
}

package dev.drawbridge.security;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.source.RateLimitReachedException;
import com.nimbusds.jose.proc.BadJWSException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import java.text.ParseException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.jwt.JwtValidationException;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;

/**
 * Tells whether a token is good. What it says of a bad one holds no part of it: the libraries' own messages do, and end in
 * logs.
 */
final class TokenVerifier {
    private final NimbusJwtDecoder decoder;

    /** What has become of a token. */
    sealed interface Verdict {}

    record Good(Jwt jwt) implements Verdict {}

    record Bad(String why) implements Verdict {}

    /** The keys that would tell cannot be had now. */
    record Unknown(String why) implements Verdict {}

    /** @param keys knows which algorithms are accepted; what the token says of them is only compared */
    TokenVerifier(JWSKeySelector<SecurityContext> keys, OAuth2TokenValidator<Jwt> validator) {
        DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
        processor.setJWSTypeVerifier(
                new DefaultJOSEObjectTypeVerifier<>(JOSEObjectType.JWT, new JOSEObjectType("at+jwt"), null));
        processor.setJWSKeySelector(keys);
        processor.setJWTClaimsSetVerifier((claims, context) -> {}); // the decoder's validator does that
        this.decoder = new NimbusJwtDecoder(processor);
        decoder.setJwtValidator(validator);
    }

    Verdict verify(String token) {
        try {
            return new Good(decoder.decode(token));
        } catch (JwtValidationException e) {
            return new Bad(
                    e.getErrors().stream().map(OAuth2Error::getDescription).collect(Collectors.joining("; ")));
        } catch (JwtException e) {
            return causes(e).anyMatch(KeySourceException.class::isInstance) ? unknown(e) : bad(e);
        }
    }

    private static Verdict unknown(JwtException e) {
        boolean tooSoon = causes(e).anyMatch(RateLimitReachedException.class::isInstance);
        return new Unknown("the keys of the issuer cannot be had: "
                + (tooSoon
                        ? "they were asked for a moment ago"
                        : causes(e).reduce((first, second) -> second).orElse(e).toString()));
    }

    private static Verdict bad(JwtException e) {
        if (causes(e).anyMatch(ParseException.class::isInstance)) {
            return new Bad("it is not a token");
        }
        if (causes(e).anyMatch(BadJWSException.class::isInstance)) {
            return new Bad("the token's signature is wrong");
        }
        return new Bad(
                causes(e).anyMatch(JOSEException.class::isInstance)
                        ? "the token cannot be verified"
                        : "the token's algorithm, type or key is not accepted");
    }

    private static Stream<Throwable> causes(Throwable error) {
        return Stream.iterate(error, cause -> cause != null, Throwable::getCause);
    }
}

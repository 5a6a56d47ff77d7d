package dev.drawbridge.security;

import dev.drawbridge.config.AccessProperties;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtClaimNames;
import org.springframework.security.oauth2.jwt.JwtClaimValidator;
import org.springframework.security.oauth2.jwt.JwtIssuerValidator;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;

/** What a token with a good signature must say besides: that it holds now, is from our issuer and meant for us. */
final class TokenRules {

    private TokenRules() {}

    static OAuth2TokenValidator<Jwt> of(AccessProperties.Jwt settings, Clock clock) {
        List<OAuth2TokenValidator<Jwt>> rules = new ArrayList<>();
        JwtTimestampValidator time = new JwtTimestampValidator(settings.clockSkew());
        time.setClock(clock);
        rules.add(time);
        if (settings.issuerUri() != null) {
            rules.add(new JwtIssuerValidator(settings.issuerUri().toString()));
        }
        if (!settings.audience().isEmpty()) {
            rules.add(new JwtClaimValidator<Collection<String>>(
                    JwtClaimNames.AUD,
                    audience -> audience != null && audience.stream().anyMatch(settings.audience()::contains)));
        }
        return new DelegatingOAuth2TokenValidator<>(rules);
    }
}

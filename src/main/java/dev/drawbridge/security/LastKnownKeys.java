package dev.drawbridge.security;

import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.JWKSetCacheRefreshEvaluator;
import com.nimbusds.jose.jwk.source.JWKSetSource;
import com.nimbusds.jose.proc.SecurityContext;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Goes on with the keys that were known last while the issuer is down, but not for a token that names another key: that one
 * may be good, and its bearer has to come back later. (The library's own way would call such a token bad.)
 */
final class LastKnownKeys implements JWKSetSource<SecurityContext> {
    private final JWKSetSource<SecurityContext> issuer;
    private final Duration usable;
    private volatile @Nullable Known last;

    private record Known(JWKSet keys, long since) {}

    LastKnownKeys(JWKSetSource<SecurityContext> issuer, Duration usable) {
        this.issuer = issuer;
        this.usable = usable;
    }

    @Override
    public JWKSet getJWKSet(JWKSetCacheRefreshEvaluator refresh, long now, SecurityContext context)
            throws KeySourceException {
        try {
            JWKSet keys = issuer.getJWKSet(refresh, now, context);
            last = new Known(keys, now);
            return keys;
        } catch (KeySourceException e) {
            Known known = last;
            if (known != null && now - known.since() < usable.toMillis() && !refresh.requiresRefresh(known.keys())) {
                return known.keys();
            }
            throw e;
        }
    }

    @Override
    public void close() throws IOException {
        issuer.close();
    }
}

package dev.drawbridge.security;

import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.JWKSetCacheRefreshEvaluator;
import com.nimbusds.jose.jwk.source.JWKSetRetrievalException;
import com.nimbusds.jose.jwk.source.JWKSetSource;
import com.nimbusds.jose.jwk.source.URLBasedJWKSetSource;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.JSONObjectUtils;
import com.nimbusds.jose.util.ResourceRetriever;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.text.ParseException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The keys of an issuer, which tells where they are (OpenID Connect Discovery, RFC 8414). It is asked when the first token
 * comes: a server must be able to start while its issuer is down.
 */
final class IssuerKeys implements JWKSetSource<SecurityContext> {
    private static final String OPENID = "/.well-known/openid-configuration";
    private static final String OAUTH = "/.well-known/oauth-authorization-server";

    private final URI issuer;
    private final ResourceRetriever retriever;
    private volatile @Nullable JWKSetSource<SecurityContext> keys;

    IssuerKeys(URI issuer, ResourceRetriever retriever) {
        this.issuer = issuer;
        this.retriever = retriever;
    }

    @Override
    public JWKSet getJWKSet(JWKSetCacheRefreshEvaluator refresh, long now, SecurityContext context)
            throws KeySourceException {
        JWKSetSource<SecurityContext> known = keys;
        if (known == null) {
            known = new URLBasedJWKSetSource<>(whereTheKeysAre(), retriever);
            keys = known;
        }
        return known.getJWKSet(refresh, now, context);
    }

    private URL whereTheKeysAre() throws KeySourceException {
        try {
            Map<String, Object> metadata = JSONObjectUtils.parse(metadata());
            if (!issuer.toString().equals(metadata.get("issuer"))) {
                throw new IOException(issuer + " calls itself " + metadata.get("issuer"));
            }
            return URI.create(String.valueOf(metadata.get("jwks_uri"))).toURL();
        } catch (IOException | ParseException | IllegalArgumentException e) {
            throw new JWKSetRetrievalException("The issuer does not tell where its keys are", e);
        }
    }

    private String metadata() throws IOException {
        String path = issuer.getRawPath() == null ? "" : issuer.getRawPath().replaceAll("/$", "");
        URI root = issuer.resolve("/");
        FileNotFoundException last = new FileNotFoundException(issuer.toString());
        for (String place : List.of(path + OPENID, OPENID + path, OAUTH + path)) {
            try {
                return retriever.retrieveResource(root.resolve(place).toURL()).getContent();
            } catch (FileNotFoundException e) {
                last = e; // the next place, then
            }
        }
        throw last;
    }

    @Override
    public void close() {}
}

package dev.drawbridge.security;

import com.nimbusds.jose.JWSAlgorithm;
import javax.crypto.SecretKey;

/**
 * A secret with which tokens are signed and verified.
 *
 * @param algorithm the one to sign with
 */
record SharedSecret(SecretKey key, JWSAlgorithm algorithm) {

    /** Without the secret. */
    @Override
    public String toString() {
        return "SharedSecret[algorithm=" + algorithm + "]";
    }
}

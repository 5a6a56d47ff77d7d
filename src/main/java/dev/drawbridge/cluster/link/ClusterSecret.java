package dev.drawbridge.cluster.link;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** What all nodes of a cluster know, and nobody else: by it they know each other. It never leaves the node. */
public final class ClusterSecret {
    private static final String ALGORITHM = "HmacSHA256";

    private final SecretKeySpec key;

    public ClusterSecret(byte[] secret) {
        this.key = new SecretKeySpec(secret, ALGORITHM);
    }

    /** A digest that only who knows the secret can make; each part counts with its length. */
    public byte[] sign(String purpose, byte[]... parts) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            mac.update(length(purpose.length()));
            mac.update(purpose.getBytes(StandardCharsets.UTF_8));
            for (byte[] part : parts) {
                mac.update(length(part.length));
                mac.update(part);
            }
            return mac.doFinal();
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] length(int length) {
        return ByteBuffer.allocate(Integer.BYTES).putInt(length).array();
    }

    /** Whether a digest is the one that {@link #sign} makes; takes as long whatever is wrong with it. */
    public boolean hasSigned(byte[] digest, String purpose, byte[]... parts) {
        return MessageDigest.isEqual(sign(purpose, parts), digest);
    }

    @Override
    public String toString() {
        return "ClusterSecret[…]";
    }
}

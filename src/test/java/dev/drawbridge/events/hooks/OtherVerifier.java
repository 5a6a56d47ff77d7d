package dev.drawbridge.events.hooks;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;

/** Verifies signatures of Standard Webhooks with an HMAC that is written out (RFC 2104), and with nothing of ours. */
public final class OtherVerifier {
    private static final int BLOCK = 64;

    private OtherVerifier() {}

    public static boolean verifies(String secret, String id, String timestamp, String signatures, byte[] body) {
        byte[] key = secret.startsWith("whsec_")
                ? Base64.getDecoder().decode(secret.substring(6))
                : secret.getBytes(StandardCharsets.UTF_8);
        String content = id + '.' + timestamp + '.' + new String(body, StandardCharsets.UTF_8);
        String expected = hex(hmac(key, content.getBytes(StandardCharsets.UTF_8)));
        return Arrays.stream(signatures.split(" "))
                .map(each -> each.split(",", 2))
                .filter(each -> each[0].equals("v1"))
                .anyMatch(each -> hex(Base64.getDecoder().decode(each[1])).equals(expected));
    }

    private static String hex(byte[] bytes) {
        return new BigInteger(1, bytes).toString(16);
    }

    private static byte[] hmac(byte[] key, byte[] content) {
        byte[] padded = Arrays.copyOf(key.length > BLOCK ? sha256(key) : key, BLOCK);
        return sha256(xor(padded, 0x5c), sha256(xor(padded, 0x36), content));
    }

    private static byte[] xor(byte[] bytes, int with) {
        byte[] result = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            result[i] = (byte) (bytes[i] ^ with);
        }
        return result;
    }

    private static byte[] sha256(byte[]... parts) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (byte[] part : parts) {
                digest.update(part);
            }
            return digest.digest();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}

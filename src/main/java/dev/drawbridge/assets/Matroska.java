package dev.drawbridge.assets;

import java.nio.charset.StandardCharsets;

/** The header of Matroska and WebM (RFC 8794, RFC 9559). */
final class Matroska {
    private static final byte[] DOC_TYPE = {0x42, (byte) 0x82};
    private static final String WEBM = "webm";
    private static final int LONGEST_HEADER = 4 * 1024;

    private Matroska() {}

    /** Whether the one that begins like this says it is WebM. */
    static boolean isWebm(byte[] head) {
        int end = Math.min(head.length, LONGEST_HEADER) - DOC_TYPE.length - 1 - WEBM.length();
        for (int at = 0; at <= end; at++) {
            if (head[at] == DOC_TYPE[0] && head[at + 1] == DOC_TYPE[1]) {
                int length = head[at + 2] & 0x7f;
                return length >= WEBM.length()
                        && new String(head, at + 3, WEBM.length(), StandardCharsets.US_ASCII).equals(WEBM)
                        && (length == WEBM.length() || head[at + 3 + WEBM.length()] == 0);
            }
        }
        return false;
    }
}

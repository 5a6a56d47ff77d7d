package dev.drawbridge.pressure;

/** Looks for bytes in bytes: what the server sends may be too large to be made a text, or a tree. */
final class Bytes {
    private Bytes() {}

    /** Where it begins, from there on; -1 when it is not in it. */
    static int indexOf(byte[] in, byte[] wanted, int from) {
        for (int at = from; at <= in.length - wanted.length; at++) {
            if (in[at] == wanted[0] && isAt(in, wanted, at)) {
                return at;
            }
        }
        return -1;
    }

    private static boolean isAt(byte[] in, byte[] wanted, int at) {
        for (int i = 1; i < wanted.length; i++) {
            if (in[at + i] != wanted[i]) {
                return false;
            }
        }
        return true;
    }
}

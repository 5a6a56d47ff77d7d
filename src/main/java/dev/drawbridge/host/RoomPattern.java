package dev.drawbridge.host;

/** Which rooms are meant, by a token or by a setting. In a pattern {@code *} stands for any characters, or none; all others for themselves. */
public final class RoomPattern {

    private RoomPattern() {}

    /** Whether it covers one room only. */
    public static boolean isOneRoom(String pattern) {
        return pattern.indexOf('*') < 0;
    }

    /** Goes back to the last star only, so that no pattern takes long. */
    public static boolean matches(String pattern, String roomId) {
        int p = 0;
        int r = 0;
        int star = -1;
        int starTook = 0;
        while (r < roomId.length()) {
            if (p < pattern.length() && pattern.charAt(p) == '*') {
                star = p++;
                starTook = r;
            } else if (p < pattern.length() && pattern.charAt(p) == roomId.charAt(r)) {
                p++;
                r++;
            } else if (star >= 0) {
                p = star + 1;
                r = ++starTook;
            } else {
                return false;
            }
        }
        while (p < pattern.length() && pattern.charAt(p) == '*') {
            p++;
        }
        return p == pattern.length();
    }
}

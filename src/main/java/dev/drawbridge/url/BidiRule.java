package dev.drawbridge.url;

/**
 * The Bidi Rule of RFC 5893 for one label, as Node 20 applies it: only to labels that have a right-to-left character;
 * any first character but a left-to-right one makes a right-to-left label; the last character of a left-to-right label
 * is not looked at.
 */
final class BidiRule {

    private BidiRule() {}

    static boolean allows(CharSequence label) {
        int[] characters = label.codePoints().toArray();
        int end = characters.length;
        while (end > 0 && direction(characters[end - 1]) == Character.DIRECTIONALITY_NONSPACING_MARK) {
            end--;
        }
        boolean rightToLeft = false;
        for (int i = 0; i < end; i++) {
            rightToLeft |= isRightToLeft(direction(characters[i]));
        }
        if (!rightToLeft) {
            return true;
        }
        return direction(characters[0]) == Character.DIRECTIONALITY_LEFT_TO_RIGHT
                ? allowsLeftToRight(characters, end)
                : allowsRightToLeft(characters, end);
    }

    private static boolean allowsLeftToRight(int[] characters, int end) {
        for (int i = 0; i < end - 1; i++) {
            if (isRightToLeft(direction(characters[i]))) {
                return false;
            }
        }
        return true;
    }

    private static boolean allowsRightToLeft(int[] characters, int end) {
        boolean europeanDigits = false;
        boolean arabicDigits = false;
        for (int i = 0; i < end; i++) {
            byte direction = direction(characters[i]);
            if (direction == Character.DIRECTIONALITY_LEFT_TO_RIGHT) {
                return false;
            }
            europeanDigits |= direction == Character.DIRECTIONALITY_EUROPEAN_NUMBER;
            arabicDigits |= direction == Character.DIRECTIONALITY_ARABIC_NUMBER;
        }
        byte last = direction(characters[end - 1]);
        boolean ends = isRightToLeft(last) || last == Character.DIRECTIONALITY_EUROPEAN_NUMBER;
        return ends && !(europeanDigits && arabicDigits);
    }

    private static boolean isRightToLeft(byte direction) {
        return direction == Character.DIRECTIONALITY_RIGHT_TO_LEFT
                || direction == Character.DIRECTIONALITY_RIGHT_TO_LEFT_ARABIC
                || direction == Character.DIRECTIONALITY_ARABIC_NUMBER;
    }

    private static byte direction(int codePoint) {
        return Character.getDirectionality(codePoint);
    }
}

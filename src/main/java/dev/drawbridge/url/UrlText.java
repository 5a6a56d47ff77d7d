package dev.drawbridge.url;

/** What the URL Standard does to a text before it looks at it. */
final class UrlText {

    private UrlText() {}

    /** The text without controls and spaces at its ends, and without tabs and line ends anywhere. */
    static String clean(String input) {
        int start = 0;
        int end = input.length();
        while (start < end && input.charAt(start) <= ' ') {
            start++;
        }
        while (end > start && input.charAt(end - 1) <= ' ') {
            end--;
        }
        String trimmed = input.substring(start, end);
        return hasTabOrLineEnd(trimmed) ? withoutTabsAndLineEnds(wellFormed(trimmed)) : trimmed;
    }

    /** The text with U+FFFD in place of each lone surrogate. */
    static String wellFormed(String text) {
        StringBuilder repaired = null;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
            } else if (Character.isSurrogate(c)) {
                repaired = repaired == null ? new StringBuilder(text) : repaired;
                repaired.setCharAt(i, '\ufffd');
            }
        }
        return repaired == null ? text : repaired.toString();
    }

    private static boolean hasTabOrLineEnd(String text) {
        return text.indexOf('\t') >= 0 || text.indexOf('\n') >= 0 || text.indexOf('\r') >= 0;
    }

    /** Two halves of a surrogate pair that meet only here are none: the text must be well-formed. */
    private static String withoutTabsAndLineEnds(String text) {
        StringBuilder kept = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c != '\t' && c != '\n' && c != '\r') {
                kept.append(c);
            }
        }
        return kept.toString();
    }
}

package dev.drawbridge.agents.board;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Which of a few words was probably meant. */
final class Nearest {
    private static final int LONGEST = 40;

    private Nearest() {}

    /** The same words, and first the one that is most like the wanted one, if one is like it at all. */
    static List<String> first(String wanted, List<String> words) {
        if (wanted.isEmpty() || wanted.length() > LONGEST) {
            return words;
        }
        String best = "";
        int least = Math.max(2, wanted.length() / 2) + 1;
        for (String word : words) {
            int distance = word.length() > LONGEST ? least : distance(lower(wanted), lower(word));
            if (distance < least) {
                least = distance;
                best = word;
            }
        }
        if (best.isEmpty()) {
            return words;
        }
        List<String> ordered = new ArrayList<>(words.size());
        ordered.add(best);
        for (String word : words) {
            if (!word.equals(best)) {
                ordered.add(word);
            }
        }
        return ordered;
    }

    private static String lower(String word) {
        return word.toLowerCase(Locale.ROOT);
    }

    /** How many letters have to be put in, left out or changed. */
    private static int distance(String one, String other) {
        int[] row = new int[other.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int changed = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(changed, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[other.length()];
    }
}

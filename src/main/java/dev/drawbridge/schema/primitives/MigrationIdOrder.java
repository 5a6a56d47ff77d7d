package dev.drawbridge.schema.primitives;

import java.util.Arrays;
import java.util.Comparator;

/**
 * The order of migration ids: that of JavaScript's {@code localeCompare}, which breaks ties in the global order of
 * migrations (SCHEMA §6). Punctuation comes first, then digits, then letters; case matters only when all else is equal,
 * lower case first. Characters that no id has so far, beyond ASCII, come last in the order of their UTF-16 units.
 */
public final class MigrationIdOrder {

    private static final String PRINTABLE = " _-,;:!?.'\"()[]{}@*/\\&#%`^+<=>|~$0123456789abcdefghijklmnopqrstuvwxyz";

    private static final int[] ASCII_RANKS = asciiRanks();

    public static final Comparator<String> COMPARATOR = MigrationIdOrder::compare;

    private MigrationIdOrder() {}

    private static int compare(String a, String b) {
        int shared = Math.min(a.length(), b.length());
        int tieBreak = 0;
        for (int i = 0; i < shared; i++) {
            char left = a.charAt(i);
            char right = b.charAt(i);
            if (left != right) {
                int order = Integer.compare(rank(left), rank(right));
                if (order != 0) {
                    return order;
                }
                if (tieBreak == 0) {
                    tieBreak = Character.compare(right, left); // in ASCII the capitals have the smaller codes
                }
            }
        }
        int order = Integer.compare(a.length(), b.length());
        return order != 0 ? order : tieBreak;
    }

    private static int rank(char c) {
        return c < ASCII_RANKS.length ? ASCII_RANKS[c] : c;
    }

    private static int[] asciiRanks() {
        int[] ranks = new int[128];
        Arrays.fill(ranks, -1); // control characters
        for (int rank = 0; rank < PRINTABLE.length(); rank++) {
            char c = PRINTABLE.charAt(rank);
            ranks[c] = rank;
            ranks[Character.toUpperCase(c)] = rank;
        }
        return ranks;
    }
}

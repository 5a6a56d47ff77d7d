package dev.drawbridge.json;

/** What the tree of a JSON text takes in memory, at the most: known from the text. */
public final class TreeWeight {
    private static final int A_CONTAINER = 100;
    private static final int A_MEMBER = 72;
    private static final int AN_ITEM = 40;

    private TreeWeight() {}

    /** In bytes. Punctuation inside strings counts too: that errs on the safe side. */
    public static long of(byte[] utf8) {
        long weight = utf8.length;
        for (byte each : utf8) {
            switch (each) {
                case '{', '[' -> weight += A_CONTAINER;
                case ':' -> weight += A_MEMBER;
                case ',' -> weight += AN_ITEM;
                default -> {
                    // part of what is counted already
                }
            }
        }
        return weight;
    }
}

package dev.drawbridge.host;

/**
 * What a message takes in memory while it is read and waits to be handled, at the most: known from its text, before it is
 * parsed. Measured on trees of objects, members and items that hold next to nothing, where it is 29 times the text.
 */
final class MessageCost {
    /** The frame's bytes, its text, and the strings of the tree. */
    private static final int A_CHARACTER = 4;

    private static final int A_CONTAINER = 100;
    private static final int A_MEMBER = 72;
    private static final int AN_ITEM = 40;
    private static final int A_MESSAGE = 512;

    private MessageCost() {}

    /** In bytes. Punctuation inside strings counts too: that errs on the safe side. */
    static long of(String text) {
        long cost = A_MESSAGE + (long) A_CHARACTER * text.length();
        for (int i = 0; i < text.length(); i++) {
            switch (text.charAt(i)) {
                case '{', '[' -> cost += A_CONTAINER;
                case ':' -> cost += A_MEMBER;
                case ',' -> cost += AN_ITEM;
                default -> {
                    // part of what is counted already
                }
            }
        }
        return cost;
    }
}

package dev.drawbridge.cluster.link;

import org.jspecify.annotations.Nullable;

/** A connection between two nodes that know each other. All of it is for any thread, and never waits. */
public interface Link {

    /** Who hears what comes over it: one after the other, on a thread of the link. Does not wait. */
    interface Listener {

        void received(Frame frame);

        /** Nothing comes any more, and nothing goes out. Once. */
        void closed();
    }

    /** Sends a frame, behind those that were sent before. What is sent over a link that is closed is dropped. */
    void send(Frame frame);

    /**
     * Sends pieces of something large whenever the link has nothing else to do, by turns with others.
     *
     * @param source of pieces; asked on a thread of the link
     */
    void sendFrom(Source source);

    /** It may have a piece again. */
    void hasMore();

    void close(String why);

    /** The node at the other end. */
    String peer();

    /** Proves to the other end that something comes from this one. */
    byte[] seal(byte[] text);

    /** Whether the other end has sealed it. */
    boolean isSealed(byte[] text, byte[] seal);

    /** Something large that goes out in pieces. */
    interface Source {

        /** The next piece; null when there is none at the moment. */
        @Nullable
        Frame next();

        /** Whether there will never be another one. */
        boolean isDone();
    }
}

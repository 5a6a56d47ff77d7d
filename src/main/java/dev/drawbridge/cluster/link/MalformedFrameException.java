package dev.drawbridge.cluster.link;

/** What has come over a link is no frame. */
public final class MalformedFrameException extends Exception {
    public MalformedFrameException(String why) {
        super(why);
    }
}

package dev.drawbridge.links;

/** What somebody is told who asks for a preview. */
public sealed interface LinkAnswer {

    record Found(LinkPreview preview) implements LinkAnswer {}

    /** There is none. Why is nobody's business: it would tell what there is in our network. */
    record NotFound() implements LinkAnswer {}

    /**
     * Not now.
     *
     * @param byTheClient whether it is the client itself that asks for too much at once
     */
    record Busy(boolean byTheClient) implements LinkAnswer {}
}

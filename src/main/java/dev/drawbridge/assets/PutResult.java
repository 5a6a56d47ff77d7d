package dev.drawbridge.assets;

/** What has become of a content that was put. */
public sealed interface PutResult {

    /** The asset that is there now, whoever put it. */
    Asset asset();

    /** It is kept. */
    record Stored(Asset asset) implements PutResult {}

    /** It was there already, with the same content. */
    record Same(Asset asset) implements PutResult {}

    /** Something else is there under its id. */
    record Different(Asset asset) implements PutResult {}
}

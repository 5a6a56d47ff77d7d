package dev.drawbridge.assets;

import java.util.Optional;

/** What has become of an upload. */
public sealed interface UploadResult {

    /**
     * It is there.
     *
     * @param isNew whether it was not there before
     */
    record Kept(Asset asset, boolean isNew) implements UploadResult {}

    /** Something else is there under its id. */
    record IdTaken() implements UploadResult {}

    /**
     * It is nothing that is taken.
     *
     * @param recognised what it is, when that can be told
     * @param contradiction whether it would be taken, had it not been declared as something else
     */
    record Unsupported(Optional<MediaType> recognised, boolean contradiction) implements UploadResult {}

    /**
     * It is larger than an asset may be.
     *
     * @param atMost so many bytes an asset may have
     */
    record TooLarge(long atMost) implements UploadResult {}

    /**
     * There is as much as there may be.
     *
     * @param room the one that has; empty when all together have
     */
    record OverQuota(Optional<String> room, long atMost) implements UploadResult {}

    /** There is no space left where assets are kept. */
    record NoSpace() implements UploadResult {}

    /** It came too slowly. */
    record TooSlow() implements UploadResult {}

    /** There are too many at once. */
    record Busy() implements UploadResult {}
}

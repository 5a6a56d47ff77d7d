package dev.drawbridge.assets.renditions;

import dev.drawbridge.assets.Variant;

/** What somebody is shown who wants to see an image in some size. */
public sealed interface Shown {

    /**
     * All of it, as it was uploaded.
     *
     * @param lasting whether it will be so the next time; else there may be a rendition by then
     */
    record Original(boolean lasting) implements Shown {}

    /** A rendition, which is kept with the asset. */
    record Rendition(Variant variant) implements Shown {}
}

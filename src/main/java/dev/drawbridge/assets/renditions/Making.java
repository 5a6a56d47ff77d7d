package dev.drawbridge.assets.renditions;

import dev.drawbridge.assets.MediaType;
import dev.drawbridge.assets.renditions.RenditionObserver.Outcome;

/** What has come of making a rendition. */
sealed interface Making {

    /** It is made. */
    record Made(MediaType type, byte[] content) implements Making {}

    /** There is none of this image in this size. */
    record None(Outcome why) implements Making {}
}

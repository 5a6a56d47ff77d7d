package dev.drawbridge.assets.renditions;

import dev.drawbridge.assets.MediaType;

/** Makes renditions. */
@FunctionalInterface
interface Maker {

    /**
     * Makes one, or says why there is none.
     *
     * @param content of an image of that type, or of something else
     */
    Making make(MediaType type, byte[] content, Rung rung);
}

package dev.drawbridge.assets.renditions;

import dev.drawbridge.assets.MediaType;

/** Makes renditions. */
@FunctionalInterface
interface Maker {

    /** @param content of an image of that type; or of something else, which is then said */
    Making make(MediaType type, byte[] content, Rung rung);
}

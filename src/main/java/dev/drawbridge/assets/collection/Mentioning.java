package dev.drawbridge.assets.collection;

import java.util.function.Consumer;

/** Somebody who may refer to assets. */
@FunctionalInterface
public interface Mentioning {

    /**
     * Names all assets that it refers to, and maybe others. It waits for its answers and may take long.
     *
     * @throws UnknownMentionsException when it cannot tell
     */
    void mentions(Consumer<String> ids) throws UnknownMentionsException, InterruptedException;
}

package dev.drawbridge.web.mcp;

import dev.drawbridge.host.RoomCommandException;

/** Something that an agent can do, and how a model is told of it. */
interface Tool {

    /**
     * What a model is told of it, and what is asked of its callers.
     *
     * @param name in snake case
     * @param title for people
     * @param description for the model: what it does, with an example where that helps
     * @param right what it takes to call it
     * @param changes what it changes
     * @param place where it is done
     */
    record Card(
            String name,
            String title,
            String description,
            ToolInput input,
            Right right,
            Changes changes,
            Place place) {}

    /** What a tool changes. */
    enum Changes {
        NOTHING,
        /** It makes something, and what was there stays. */
        ADDS,
        /** What was there may be gone; it can be brought back from a version. */
        REPLACES
    }

    /** Where a tool is done, in a cluster. */
    enum Place {
        ANYWHERE,
        /** At the node that has the board open. */
        AT_THE_BOARD
    }

    Card card();

    /**
     * Does it.
     *
     * @return what the model is told
     */
    String call(Call call) throws ToolFailure, RoomCommandException;
}

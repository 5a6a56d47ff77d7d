package dev.drawbridge.cluster.link;

import org.jspecify.annotations.Nullable;

/** There is no link to a node. */
public final class NotReachedException extends Exception {
    private final boolean isNobodyThere;

    /**
     * Says why.
     *
     * @param isNobodyThere whether its machine says that nobody listens there, or that somebody else does
     */
    public NotReachedException(String why, boolean isNobodyThere, @Nullable Throwable cause) {
        super(why, cause);
        this.isNobodyThere = isNobodyThere;
    }

    /** Whether the node is certainly not there any more, if it has ever been reached at that address. */
    public boolean isNobodyThere() {
        return isNobodyThere;
    }
}

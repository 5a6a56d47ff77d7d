package dev.drawbridge.host;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Another node at which there are sockets of a room's sessions. What several of them are told goes there once. */
public interface Relay {

    /**
     * Those who are told the same from now on.
     *
     * @param before who was told the same until now; they are not told together any more
     */
    Crowd gather(List<FarOutlet> members, @Nullable Crowd before);

    /** Sessions that are told the same. */
    interface Crowd {

        /**
         * Tells all but one.
         *
         * @param except one of them
         */
        void tell(SharedEvent event, @Nullable FarOutlet except);

        /** Nobody is told anything together any more. */
        void scatter();
    }

    /** The way to one of these sessions. */
    interface FarOutlet extends Outlet {
        Relay relay();

        /** Whether nothing is in the middle of going either way, so that it can go on somewhere else. */
        boolean isQuiet();
    }
}

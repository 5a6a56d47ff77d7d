package dev.drawbridge.host;

import dev.drawbridge.host.Relay.FarOutlet;
import dev.drawbridge.room.Connection;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Who is told the same: those who have their sockets here, and the crowds at other nodes. */
final class Listeners {
    private final List<Connection> all;
    private final List<Recipient> near;
    private final Map<Relay, Relay.Crowd> far;

    private Listeners(List<Connection> all, List<Recipient> near, Map<Relay, Relay.Crowd> far) {
        this.all = all;
        this.near = near;
        this.far = far;
    }

    /** @param before who they were until now */
    static Listeners of(List<Connection> all, @Nullable Listeners before) {
        List<Recipient> near = new ArrayList<>(all.size());
        Map<Relay, List<FarOutlet>> farMembers = new LinkedHashMap<>();
        for (Connection each : all) {
            Recipient recipient = (Recipient) each;
            if (recipient.outlet() instanceof FarOutlet outlet) {
                farMembers
                        .computeIfAbsent(outlet.relay(), ignored -> new ArrayList<>())
                        .add(outlet);
            } else {
                near.add(recipient);
            }
        }
        Map<Relay, Relay.Crowd> left = new LinkedHashMap<>(before == null ? Map.of() : before.far);
        Map<Relay, Relay.Crowd> far = new LinkedHashMap<>();
        farMembers.forEach((relay, members) -> far.put(relay, relay.gather(members, left.remove(relay))));
        left.values().forEach(Relay.Crowd::scatter);
        return new Listeners(all, near, far);
    }

    /** Whether these are still they. */
    boolean are(List<Connection> others) {
        return all == others;
    }

    /** Tells all but one. */
    void tell(SharedEvent event, @Nullable Connection except) {
        for (Recipient each : near) {
            if (each != except) {
                each.data(event);
            }
        }
        if (!far.isEmpty()) {
            FarOutlet left = except instanceof Recipient recipient && recipient.outlet() instanceof FarOutlet outlet
                    ? outlet
                    : null;
            far.forEach((relay, crowd) -> crowd.tell(event, left != null && left.relay() == relay ? left : null));
        }
    }

    void scatter() {
        far.values().forEach(Relay.Crowd::scatter);
    }
}

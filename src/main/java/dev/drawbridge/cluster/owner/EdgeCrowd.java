package dev.drawbridge.cluster.owner;

import dev.drawbridge.cluster.link.Frame;
import dev.drawbridge.cluster.link.Link;
import dev.drawbridge.host.Relay;
import dev.drawbridge.host.SharedEvent;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Sessions behind one link that are told the same: each event goes over the link once. Used in their room's mailbox. */
final class EdgeCrowd implements Relay.Crowd {
    private final int number;
    private final Link link;
    private Set<Integer> members = Set.of();

    EdgeCrowd(int number, Link link) {
        this.number = number;
        this.link = link;
    }

    /** From now on it is these; the other end is told the difference. */
    void become(List<Relay.FarOutlet> now) {
        Set<Integer> next = HashSet.newHashSet(now.size());
        List<Integer> added = new ArrayList<>();
        for (Relay.FarOutlet each : now) {
            int session = ((FarSession) each).number();
            next.add(session);
            if (!members.contains(session)) {
                added.add(session);
            }
        }
        List<Integer> removed = new ArrayList<>();
        for (int session : members) {
            if (!next.contains(session)) {
                removed.add(session);
            }
        }
        members = next;
        if (!added.isEmpty() || !removed.isEmpty()) {
            link.send(new Frame.Crowd(number, added, removed));
        }
    }

    @Override
    public void tell(SharedEvent event, Relay.@Nullable FarOutlet except) {
        int left = except instanceof FarSession session ? session.number() : 0;
        if (members.size() > 1 || !members.contains(left)) {
            link.send(new Frame.Told(number, left, event.event()));
        }
    }

    @Override
    public void scatter() {
        become(List.of());
    }
}

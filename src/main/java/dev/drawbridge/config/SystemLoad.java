package dev.drawbridge.config;

import com.sun.management.OperatingSystemMXBean;
import dev.drawbridge.host.Census;
import dev.drawbridge.host.RoomRegistry;
import dev.drawbridge.protocol.Limits;
import java.lang.management.ManagementFactory;

/** How busy this node is, from 0 to 1: its processors, over some seconds, or how much of what it may have open is. */
final class SystemLoad {
    /** How much one look counts; with one a second, some ten seconds are seen. */
    private static final double WEIGHT = 0.15;

    private final RoomRegistry registry;
    private final Limits.OfNode limits;
    private volatile double processors;

    SystemLoad(RoomRegistry registry, Limits limits) {
        this.registry = registry;
        this.limits = limits.node();
    }

    /** To be called about once a second, always by the same thread. */
    void look() {
        if (ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system) {
            double now = system.getProcessCpuLoad();
            if (now >= 0) {
                double before = processors;
                processors = before + WEIGHT * (now - before);
            }
        }
    }

    double value() {
        Census census = registry.census();
        double connections = (double) census.connections() / limits.connections();
        double rooms = (double) registry.size() / limits.rooms();
        return Math.clamp(Math.max(processors, Math.max(connections, rooms)), 0, 1);
    }
}

package dev.drawbridge.config;

import dev.drawbridge.cluster.Cluster;
import dev.drawbridge.cluster.netty.NettyLinks;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** A member of the cluster before the first client can come, and until the last room has been handed over. */
@Component
@Conditional(ClusterWhenChosen.class)
class ClusterLifecycle implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(ClusterLifecycle.class);

    /** Before the web server starts, and after it has stopped. */
    private static final int PHASE = DEFAULT_PHASE - 4_096;

    private static final String ADDRESS = "drawbridge.cluster.address";
    private static final String REACHED =
            "Set it to a host name or an address, without a port, that the other servers reach this one by.";

    private static final Duration TICK = Duration.ofMillis(200);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int TICKS_A_SECOND = 5;

    private final Cluster cluster;
    private final NettyLinks links;
    private final ClusterProperties properties;
    private final SystemLoad load;
    private final LocalClusterPort port;
    private final ScheduledExecutorService ticker = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("cluster").factory());
    private int ticks;
    private volatile boolean running;

    ClusterLifecycle(
            Cluster cluster, NettyLinks links, ClusterProperties properties, SystemLoad load, LocalClusterPort port) {
        this.cluster = cluster;
        this.links = links;
        this.properties = properties;
        this.load = load;
        this.port = port;
    }

    @Override
    public void start() {
        String address = ClusterConfiguration.address(properties);
        int bound = listen(bindTo(address));
        port.is(bound);
        try {
            cluster.begin(PATIENCE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (TimeoutException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
        var _ = ticker.scheduleWithFixedDelay(this::tick, 0, TICK.toMillis(), TimeUnit.MILLISECONDS);
        running = true;
        log.info("A member of the cluster; other servers reach this one at {}:{}", address, bound);
    }

    /** On the address itself where it is one of this machine; behind a translation of addresses on all of them. */
    private static String bindTo(String address) {
        try {
            InetAddress resolved = InetAddress.getByName(address);
            if (resolved.isAnyLocalAddress()) {
                throw new SettingException(
                        ADDRESS, address, "is where one can listen, and not where one can be reached", REACHED);
            }
            return NetworkInterface.getByInetAddress(resolved) == null ? "0.0.0.0" : resolved.getHostAddress();
        } catch (IOException e) {
            throw new SettingException(ADDRESS, address, "cannot be found", REACHED);
        }
    }

    private int listen(String host) {
        try {
            return links.listen(host, properties.port(), cluster::accepted);
        } catch (UncheckedIOException e) {
            throw new SettingException(
                    "drawbridge.cluster.port",
                    Integer.toString(properties.port()),
                    "cannot be opened at " + host + " (" + e.getMessage() + ")",
                    "Choose one that is free and that this server may open.");
        }
    }

    /** At a port that the system has chosen, the others reach the web server only from now on. */
    @EventListener(ApplicationReadyEvent.class)
    void ready() {
        var _ = cluster.heartbeat().beat();
    }

    private void tick() {
        try {
            cluster.tick();
            if (++ticks % TICKS_A_SECOND == 0) {
                load.look();
            }
        } catch (RuntimeException e) {
            log.error("the cluster's ticks go on after an error", e);
        }
    }

    @Override
    public void stop() {
        running = false;
        try {
            cluster.end().toCompletableFuture().get(2, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            log.warn("The store could not be told that this server goes; its heartbeat will lapse", e);
        }
        ticker.shutdownNow();
        links.close();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return PHASE;
    }
}

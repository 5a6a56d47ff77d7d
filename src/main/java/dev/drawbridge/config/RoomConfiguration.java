package dev.drawbridge.config;

import dev.drawbridge.assets.collection.RecentMentions;
import dev.drawbridge.assets.collection.WatchedRoomStore;
import dev.drawbridge.host.ConnectionGate;
import dev.drawbridge.host.HostClock;
import dev.drawbridge.host.HostObserver;
import dev.drawbridge.host.HostSettings;
import dev.drawbridge.host.Lease;
import dev.drawbridge.host.Neighbours;
import dev.drawbridge.host.NodeIdentity;
import dev.drawbridge.host.NodeMemory;
import dev.drawbridge.host.RecordAuthority;
import dev.drawbridge.host.RoomCommands;
import dev.drawbridge.host.RoomObserver;
import dev.drawbridge.host.RoomRegistry;
import dev.drawbridge.loop.Loops;
import dev.drawbridge.protocol.Limits;
import dev.drawbridge.room.RecordAuthorizer;
import dev.drawbridge.room.RecordAuthorizers;
import dev.drawbridge.room.RoomLoader;
import dev.drawbridge.room.comments.CommentRules;
import dev.drawbridge.schema.CurrentSchema;
import dev.drawbridge.schema.tldraw.TldrawSchema;
import dev.drawbridge.store.RoomStore;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts the parts of the engine together. */
@Configuration(proxyBeanMethods = false)
class RoomConfiguration {

    @Bean
    InstantSource clock() {
        return InstantSource.system();
    }

    @Bean
    HostClock hostClock(InstantSource clock) {
        return HostClock.of(clock);
    }

    @Bean
    Limits limits(LimitsProperties properties) {
        return properties.toLimits();
    }

    @Bean
    HostSettings hostSettings(
            RoomProperties properties,
            Limits limits,
            SchemaProperties schema,
            ObjectProvider<RecordAuthorizer> authorizers,
            AuthorizerProperties elsewhere,
            RecordAuthority authority) {
        List<RecordAuthorizer> own = new ArrayList<>(schema.comments() ? CommentRules.all() : List.of());
        authorizers.orderedStream().map(LoggedAuthorizer::new).forEach(own::add);
        return properties.toHostSettings(limits, withDecidedElsewhere(RecordAuthorizers.of(own), elsewhere), authority);
    }

    private static RecordAuthorizers withDecidedElsewhere(RecordAuthorizers own, AuthorizerProperties elsewhere) {
        try {
            return own.withDecidedElsewhere(elsewhere.types());
        } catch (IllegalArgumentException e) {
            throw new SettingException(
                    "drawbridge.schema.authorizer.types",
                    String.join(",", elsewhere.types()),
                    "names what is decided about here: " + e.getMessage(),
                    "Have each type decided about by a bean of type RecordAuthorizer, by the rules of comments (drawbridge.schema.comments)"
                            + " or by your own service, not by two of them.");
        }
    }

    @Bean
    ConnectionGate connectionGate(Limits limits, HostClock clock, HostObserver observer) {
        return new ConnectionGate(limits.node(), clock, observer);
    }

    /** Named after its machine, for people, and by chance, because it is another one after each start. */
    @Bean
    NodeIdentity nodeIdentity(InstantSource clock) {
        return new NodeIdentity(hostName() + "-" + randomText().substring(0, 6), clock.instant());
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "node";
        }
    }

    @Bean
    RoomLoader roomLoader(CurrentSchema schema, HostSettings settings, InstantSource clock) {
        return new RoomLoader(
                schema,
                TldrawSchema.initialRecords(),
                settings.room(),
                RoomConfiguration::randomText,
                clock,
                new SecureRandom());
    }

    @Bean
    Loops loops() {
        return Loops.start(Runtime.getRuntime().availableProcessors());
    }

    /**
     * Loads rooms, reads large messages and the like: work that may take long, and for which no other room shall wait. So
     * there are more threads than cores, and the machine shares these among them.
     */
    @Bean(destroyMethod = "shutdown")
    ExecutorService backgroundExecutor() {
        int threads = Math.max(8, 2 * Runtime.getRuntime().availableProcessors());
        return Executors.newFixedThreadPool(
                threads, Thread.ofPlatform().daemon().name("background-", 0).factory());
    }

    @Bean
    NodeMemory nodeMemory() {
        return NodeMemory.ofHeap(Runtime.getRuntime().maxMemory());
    }

    @Bean
    RoomRegistry roomRegistry(
            RoomStore store,
            RoomLoader loader,
            Loops loops,
            ExecutorService backgroundExecutor,
            HostClock clock,
            HostSettings settings,
            Optional<Lease> lease,
            NodeMemory memory,
            HostObserver observer,
            List<RoomObserver> roomObservers,
            Optional<RecentMentions> recentMentions) {
        return new RoomRegistry(
                recentMentions
                        .<RoomStore>map(recent -> new WatchedRoomStore(store, recent))
                        .orElse(store),
                loader,
                loops::next,
                backgroundExecutor,
                clock,
                settings,
                lease.orElse(Lease.FOR_EVER),
                memory,
                observer,
                RoomObserver.all(roomObservers));
    }

    @Bean
    RoomCommands roomCommands(
            RoomRegistry registry,
            RoomStore store,
            RoomLoader loader,
            NodeIdentity node,
            Optional<Neighbours> neighbours) {
        return new RoomCommands(registry, store, loader, node, neighbours.orElse(Neighbours.NONE));
    }

    private static String randomText() {
        return UUID.randomUUID().toString();
    }
}

package dev.drawbridge.config;

import dev.drawbridge.cluster.Cluster;
import dev.drawbridge.cluster.ClusterObserver;
import dev.drawbridge.cluster.Deadlines;
import dev.drawbridge.cluster.NodeCard;
import dev.drawbridge.cluster.edge.EdgeServices;
import dev.drawbridge.cluster.link.ClusterSecret;
import dev.drawbridge.cluster.link.LinkObserver;
import dev.drawbridge.cluster.netty.NettyLinks;
import dev.drawbridge.host.Census;
import dev.drawbridge.host.Entrance;
import dev.drawbridge.host.HostClock;
import dev.drawbridge.host.HostObserver;
import dev.drawbridge.host.Lease;
import dev.drawbridge.host.Neighbours;
import dev.drawbridge.host.NodeIdentity;
import dev.drawbridge.host.NodeMemory;
import dev.drawbridge.host.RoomRegistry;
import dev.drawbridge.loop.Loops;
import dev.drawbridge.protocol.Limits;
import dev.drawbridge.schema.CurrentSchema;
import dev.drawbridge.store.Membership;
import dev.drawbridge.store.RoomStore;
import dev.drawbridge.store.redis.RedisMembership;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.ssl.NoSuchSslBundleException;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.core.env.Environment;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/** This server's part in a cluster, when there is one. */
@Configuration(proxyBeanMethods = false)
@Conditional(ClusterWhenChosen.class)
class ClusterConfiguration {
    private static final int SHORTEST_SECRET = 16;
    private static final String SECRET = "drawbridge.cluster.secret";
    private static final String SECRET_FILE = "drawbridge.cluster.secret-file";

    /** The lease of this node: it has none before it is a member. */
    static final class ClusterLease implements Lease {
        private final AtomicReference<Lease> lease = new AtomicReference<>(now -> false);

        @Override
        public boolean isHeld(long now) {
            return lease.get().isHeld(now);
        }

        @Override
        public void doubted() {
            lease.get().doubted();
        }

        void follow(Lease actual) {
            lease.set(actual);
        }
    }

    @Bean
    ClusterLease clusterLease() {
        return new ClusterLease();
    }

    @Bean
    Membership membership(LettuceConnectionFactory connections, StoreProperties store, ClusterProperties properties) {
        if (properties.timeToLive().compareTo(properties.heartbeat().multipliedBy(3)) < 0) {
            throw new SettingException(
                    "drawbridge.cluster.time-to-live",
                    properties.timeToLive().toString(),
                    "is less than three times drawbridge.cluster.heartbeat (" + properties.heartbeat() + ")",
                    "One heartbeat that comes late must not cost a server its rooms: make it longer.");
        }
        return RedisMembership.connect(
                connections.getRequiredNativeClient(),
                store.redis().keyPrefix(),
                properties.timeToLive().dividedBy(3));
    }

    @Bean
    SystemLoad systemLoad(RoomRegistry registry, Limits limits) {
        return new SystemLoad(registry, limits);
    }

    @Bean
    NettyLinks links(
            ClusterProperties properties,
            ClusterSecret secret,
            NodeIdentity node,
            NodeMemory memory,
            SslBundles bundles,
            LinkObserver observer) {
        SecureRandom random = new SecureRandom();
        return new NettyLinks(new NettyLinks.Settings(
                node.id(),
                secret,
                tls(properties, bundles),
                properties.heartbeat().dividedBy(2),
                properties.timeToLive().multipliedBy(3).dividedBy(4), // so that clients move as soon as rooms can
                memory.outgoing(),
                length -> {
                    byte[] bytes = new byte[length];
                    random.nextBytes(bytes);
                    return bytes;
                },
                observer));
    }

    @Bean
    ClusterSecret clusterSecret(ClusterProperties properties) {
        Path file = properties.secretFile();
        String given = properties.secret() == null || properties.secret().isBlank() ? null : properties.secret();
        if (given != null && file != null) {
            throw new SettingException(
                    SECRET_FILE, file.toString(), "is set, and " + SECRET + " is set too", "Set one of them.");
        }
        String text = given != null ? given : file == null ? "" : SecretFile.read(SECRET_FILE, file);
        if (text.length() < SHORTEST_SECRET) {
            throw new SettingException(
                    file == null ? SECRET : SECRET_FILE,
                    "…",
                    "has " + text.length() + " characters",
                    "Set it to at least " + SHORTEST_SECRET + " characters that nobody can guess.");
        }
        return new ClusterSecret(text.getBytes(StandardCharsets.UTF_8));
    }

    private static @Nullable SSLContext tls(ClusterProperties properties, SslBundles bundles) {
        String name = properties.sslBundle();
        if (name == null || name.isBlank()) {
            return null;
        }
        try {
            return bundles.getBundle(name).createSslContext();
        } catch (NoSuchSslBundleException e) {
            throw new SettingException(
                    "drawbridge.cluster.ssl-bundle",
                    name,
                    "names no SSL bundle",
                    "Describe it by spring.ssl.bundle.pem." + name + ".* or spring.ssl.bundle.jks." + name + ".*.");
        }
    }

    @Bean
    Cluster cluster(
            ClusterProperties properties,
            NodeIdentity node,
            RoomRegistry registry,
            RoomStore store,
            Membership membership,
            NettyLinks links,
            Loops loops,
            HostClock clock,
            Limits limits,
            NodeMemory memory,
            HostObserver hostObserver,
            ClusterObserver observer,
            CurrentSchema schema,
            ServerVersion version,
            SystemLoad load,
            ClusterLease lease,
            LocalClusterPort port,
            Environment environment) {
        EdgeServices services =
                new EdgeServices(loops::next, limits.session().outboxBytes(), memory.outgoing(), clock, hostObserver);
        String address = address(properties);
        Cluster cluster = new Cluster(
                new Cluster.Settings(node.id(), properties.heartbeat(), properties.timeToLive()),
                new Cluster.Parts(
                        registry,
                        store,
                        membership,
                        links,
                        services,
                        () -> schema.get().serialize().json(),
                        (relayed, linked) -> card(
                                address,
                                port.port(),
                                environment,
                                node,
                                version.text(),
                                registry,
                                load.value(),
                                relayed,
                                linked),
                        load::value,
                        new SecureRandom(),
                        Deadlines.SYSTEM,
                        observer));
        lease.follow(cluster.lease());
        return cluster;
    }

    /** Before the web server is there the one that is set, at which it will be. */
    private static int webPort(Environment environment) {
        return environment.getProperty(
                "local.server.port", Integer.class, environment.getProperty("server.port", Integer.class, 8080));
    }

    private static NodeCard card(
            String address,
            int port,
            Environment environment,
            NodeIdentity node,
            String version,
            RoomRegistry registry,
            double load,
            int relayed,
            List<String> linked) {
        Census census = registry.census();
        return new NodeCard(
                node.id(),
                address,
                port,
                webPort(environment),
                environment.getProperty("server.ssl.enabled", Boolean.class, true)
                        && (environment.containsProperty("server.ssl.bundle")
                                || environment.containsProperty("server.ssl.key-store")
                                || environment.containsProperty("server.ssl.certificate")),
                version,
                node.startedAt(),
                registry.size(),
                census.editors() + census.viewers(),
                census.connections() + relayed,
                relayed,
                load,
                registry.isDraining(),
                linked);
    }

    static String address(ClusterProperties properties) {
        if (properties.address() != null && !properties.address().isBlank()) {
            return properties.address();
        }
        try {
            return InetAddress.getLocalHost().getHostAddress();
        } catch (UnknownHostException e) {
            throw new SettingException(
                    "drawbridge.cluster.address",
                    "",
                    "is not set, and the address of this host cannot be found",
                    "Set it to what the other servers reach this one by.");
        }
    }

    @Bean
    Neighbours neighbours(Cluster cluster) {
        return cluster.neighbours();
    }

    @Bean
    @Primary
    Census.Source clusterCensus(Cluster cluster) {
        return cluster::census;
    }

    /** Clients come in wherever their room is. */
    @Bean
    @Primary
    Entrance clusterEntrance(Cluster cluster) {
        return cluster.entrance();
    }
}

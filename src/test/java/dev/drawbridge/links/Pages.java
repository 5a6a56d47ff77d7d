package dev.drawbridge.links;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** What fetching needs, with a part of this machine in place of the internet. */
final class Pages {
    /** The only address that counts as public, beside those that are. */
    static final String WEB = "127.0.0.1";

    /** As private as an address can be, and there are servers. */
    static final String INSIDE = "127.0.0.2";

    static final Duration TIMEOUT = Duration.ofSeconds(5);

    private Pages() {}

    static LinkUrl url(String text) {
        return LinkUrl.of(text).orElseThrow();
    }

    /** Names that mean what a test says, and no others. */
    static final class Names implements NameResolver {
        private final Map<String, List<InetAddress>> names = new ConcurrentHashMap<>();

        Names with(String name, String... addresses) {
            names.put(name, Arrays.stream(addresses).map(InetAddress::ofLiteral).toList());
            return this;
        }

        @Override
        public List<InetAddress> resolve(String name) throws UnknownHostException {
            List<InetAddress> found = names.get(name);
            if (found == null) {
                throw new UnknownHostException(name);
            }
            return found;
        }
    }

    static LinkSettings settings(Set<Integer> ports) {
        return settings(ports, TIMEOUT, null);
    }

    static LinkSettings settings(Set<Integer> ports, Duration timeout, @Nullable InetSocketAddress proxy) {
        return new LinkSettings(
                ports,
                new HostRules(List.of(), List.of("denied.example")),
                new AddressRules(List.of(Network.of(WEB))),
                timeout,
                1024 * 1024,
                4,
                2,
                Duration.ofHours(1),
                Duration.ofMinutes(1),
                1024 * 1024,
                proxy,
                "a test");
    }

    static Destinations destinations(LinkSettings settings, NameResolver names) {
        return new Destinations(settings.ports(), settings.hosts(), settings.addresses(), names);
    }
}

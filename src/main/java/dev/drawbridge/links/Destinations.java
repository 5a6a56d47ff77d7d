package dev.drawbridge.links;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Where a URL leads, when that is somewhere we go. */
final class Destinations {
    /** A name may have any number of addresses. */
    private static final int MOST_TRIED = 6;

    private final Set<Integer> ports;
    private final HostRules hosts;
    private final AddressRules addresses;
    private final NameResolver resolver;

    Destinations(Set<Integer> ports, HostRules hosts, AddressRules addresses, NameResolver resolver) {
        this.ports = Set.copyOf(ports);
        this.hosts = hosts;
        this.addresses = addresses;
        this.resolver = resolver;
    }

    /**
     * The addresses of its host, of which each may be connected to. A name with one that may not is refused as a whole: nobody
     * has an honest reason to mix them, and which of them is tried first would be the luck of whoever mixed them.
     */
    List<InetAddress> of(LinkUrl url) throws NotFetchedException {
        checkPortAndName(url);
        InetAddress literal = literal(url.host());
        if (literal != null) {
            return allowed(List.of(literal));
        }
        try {
            return allowed(resolver.resolve(url.host()));
        } catch (UnknownHostException e) {
            throw new NotFetchedException(LinkOutcome.UNREACHABLE);
        }
    }

    /**
     * Checks a URL that a proxy is asked for, which finds the addresses by itself: what can be told here is refused here. A name
     * that is unknown here must be one that can be known elsewhere, or named by the operator.
     */
    void checkForProxy(LinkUrl url) throws NotFetchedException {
        checkPortAndName(url);
        InetAddress literal = literal(url.host());
        if (literal != null) {
            allowed(List.of(literal));
            return;
        }
        try {
            allowed(resolver.resolve(url.host()));
        } catch (UnknownHostException e) {
            if (LocalNames.isLocal(url.host()) && !hosts.allowByName(url.host())) {
                throw new NotFetchedException(LinkOutcome.REFUSED);
            }
        }
    }

    private void checkPortAndName(LinkUrl url) throws NotFetchedException {
        if (!ports.contains(url.port()) || !hosts.allow(url.host())) {
            throw new NotFetchedException(LinkOutcome.REFUSED);
        }
    }

    private List<InetAddress> allowed(List<InetAddress> found) throws NotFetchedException {
        if (!found.stream().allMatch(addresses::allow)) {
            throw new NotFetchedException(LinkOutcome.REFUSED);
        }
        return found.stream().limit(MOST_TRIED).toList();
    }

    /** Whether browsers may be told to load something from there: not when it names a place in their own network. */
    boolean mayBeShown(LinkUrl url) {
        InetAddress literal = literal(url.host());
        return literal == null
                ? !LocalNames.isLocal(url.host()) || hosts.allowByName(url.host())
                : addresses.allow(literal);
    }

    private static @Nullable InetAddress literal(String host) {
        try {
            return InetAddress.ofLiteral(host.startsWith("[") ? host.substring(1, host.length() - 1) : host);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}

package dev.drawbridge.links;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/** Finds the addresses of a name. May take as long as it likes. */
@FunctionalInterface
public interface NameResolver {

    /** All of them, at least one. */
    List<InetAddress> resolve(String name) throws UnknownHostException;

    /** As this machine does. */
    static NameResolver system() {
        return name -> List.of(InetAddress.getAllByName(name));
    }
}

package dev.drawbridge.room;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The sessions of a room, by the id that their client chose and by the socket that they came over. */
final class Sessions {
    private final Map<String, Session> byId = new LinkedHashMap<>();
    private final Map<Connection, Session> byConnection = new HashMap<>();
    /** Made anew when somebody comes or goes, and shared by all that is sent until then. */
    private @Nullable List<Audience> audiences;

    /** The connected sockets whose clients understand the same. */
    record Audience(Dialect dialect, List<Connection> connections) {

        boolean isOnly(@Nullable Connection connection) {
            return connections.size() == 1 && connections.getFirst() == connection;
        }
    }

    void add(Session session) {
        byId.put(session.id(), session);
        byConnection.put(session.connection(), session);
        audiences = null;
    }

    void remove(Session session) {
        byId.remove(session.id(), session);
        byConnection.remove(session.connection(), session);
        audiences = null;
    }

    /** To be called after a session has become connected or has been lost. */
    void changed() {
        audiences = null;
    }

    Optional<Session> byId(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    /** The session of a socket; none when it has been replaced or removed: what that socket still says is ignored. */
    Optional<Session> of(Connection connection) {
        return Optional.ofNullable(byConnection.get(connection));
    }

    List<Session> all() {
        return List.copyOf(byId.values());
    }

    int size() {
        return byId.size();
    }

    boolean isEmpty() {
        return byId.isEmpty();
    }

    List<Audience> audiences() {
        if (audiences == null) {
            Map<Dialect, List<Connection>> grouped = new LinkedHashMap<>();
            for (Session session : byId.values()) {
                if (session.isConnected()) {
                    grouped.computeIfAbsent(session.dialect(), dialect -> new ArrayList<>())
                            .add(session.connection());
                }
            }
            audiences = grouped.entrySet().stream()
                    .map(group -> new Audience(group.getKey(), group.getValue()))
                    .toList();
        }
        return audiences;
    }

    /** The dialect that connected sessions share already, or the given one: equal clients shall be one audience. */
    Dialect shared(Dialect dialect) {
        return audiences().stream()
                .map(Audience::dialect)
                .filter(known -> known.stringAppends() == dialect.stringAppends()
                        && known.schema().equals(dialect.schema()))
                .findFirst()
                .orElse(dialect);
    }
}

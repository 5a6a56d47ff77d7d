package dev.drawbridge.room;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The sessions of a room, by the id that their client chose, by the socket that they came over, and by what they
 * understand. Who comes or goes costs the same however many are there.
 */
final class Sessions {
    private final Map<String, Session> byId = new LinkedHashMap<>();
    private final Map<Connection, Session> byConnection = new HashMap<>();
    private final Map<Dialect, Audience> audiences = new LinkedHashMap<>();
    private int present;
    private int editors;

    /** The connected sockets whose clients understand the same. */
    static final class Audience {
        private final Dialect dialect;
        private final Roster<Connection, Connection> members = new Roster<>();
        /** Made for the first message after somebody has come or gone, and shared by all that is sent until then. */
        private @Nullable List<Connection> list;

        private Audience(Dialect dialect) {
            this.dialect = dialect;
        }

        Dialect dialect() {
            return dialect;
        }

        /** As it is now; what comes later does not change it. */
        List<Connection> connections() {
            if (list == null) {
                list = members.list();
            }
            return list;
        }

        boolean isOnly(@Nullable Connection connection) {
            return members.size() == 1 && connection != null && members.has(connection);
        }

        private void add(Connection connection) {
            members.put(connection, connection);
            list = null;
        }

        private void remove(Connection connection) {
            members.remove(connection);
            list = null;
        }
    }

    /** What a session is counted as; kept by the session, so that it can be taken out again. */
    record Place(boolean present, boolean editor, @Nullable Audience audience) {
        static final Place NONE = new Place(false, false, null);
    }

    void add(Session session) {
        byId.put(session.id(), session);
        byConnection.put(session.connection(), session);
        changed(session);
    }

    void remove(Session session) {
        byId.remove(session.id(), session);
        byConnection.remove(session.connection(), session);
        move(session, Place.NONE);
    }

    /** To be called after a session's state, rights or dialect have changed. */
    void changed(Session session) {
        if (byConnection.get(session.connection()) == session) {
            move(
                    session,
                    new Place(
                            !session.isLost(),
                            !session.isLost() && !session.readonly(),
                            session.isConnected()
                                    ? audiences.computeIfAbsent(session.dialect(), Audience::new)
                                    : null));
        }
    }

    private void move(Session session, Place to) {
        Place from = session.place();
        session.setPlace(to);
        present += (to.present ? 1 : 0) - (from.present ? 1 : 0);
        editors += (to.editor ? 1 : 0) - (from.editor ? 1 : 0);
        if (from.audience != to.audience) {
            if (from.audience != null) {
                from.audience.remove(session.connection());
                if (from.audience.members.size() == 0) {
                    audiences.remove(from.audience.dialect, from.audience);
                }
            }
            if (to.audience != null) {
                to.audience.add(session.connection());
            }
        }
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

    /** How many are here, those that are lost for the moment left out. */
    int present() {
        return present;
    }

    /** How many of these may edit. */
    int editors() {
        return editors;
    }

    Collection<Audience> audiences() {
        return new ArrayList<>(audiences.values());
    }
}

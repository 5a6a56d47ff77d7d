package dev.drawbridge.pressure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import org.awaitility.Awaitility;

/** What an attack is given: the server, a room for it alone, and clients, all of which leave when it is over. */
final class Target implements Guest {
    static final Duration PATIENCE = Duration.ofSeconds(30);

    private final AttackedServer server;
    private final String room;
    private final boolean longForm;
    private final Queue<Guest> open = new ConcurrentLinkedQueue<>();

    Target(AttackedServer server, String room, boolean longForm) {
        this.server = server;
        this.room = room;
        this.longForm = longForm;
    }

    AttackedServer server() {
        return server;
    }

    Admin admin() {
        return server.admin();
    }

    String room() {
        return room;
    }

    /** Chooses a size by the form in which the suite runs. */
    int size(int inShortForm, int inLongForm) {
        return longForm ? inLongForm : inShortForm;
    }

    Client join(String sessionId) throws IOException {
        return join(sessionId, Pace.unlimited()).awaitJoined(PATIENCE);
    }

    /** A socket into the room that has not said anything yet. */
    Client openSilently(String sessionId) throws IOException {
        return keep(
                Client.openSilently(server.port(), room + "?sessionId=" + sessionId, Pace.unlimited(), message -> {}));
    }

    Client joinAsViewer(String sessionId) throws IOException {
        return open(sessionId + "&readonly=true", Client.CURRENT_SCHEMA, Pace.unlimited(), message -> {})
                .awaitJoined(PATIENCE);
    }

    /** Asks to join, reads at that pace, and does not wait for an answer. */
    Client join(String sessionId, Pace reading) throws IOException {
        return open(sessionId, Client.CURRENT_SCHEMA, reading, message -> {});
    }

    Client open(String sessionId, String schema, Pace reading, Consumer<byte[]> hears) throws IOException {
        return keep(Client.open(server.port(), room + "?sessionId=" + sessionId, schema, reading, hears));
    }

    /** A socket into the room that has asked to join and reads nothing. */
    RawSocket joinDeaf(String sessionId) throws IOException {
        RawSocket socket = connect(sessionId);
        socket.send(Client.connectMessage(Client.CURRENT_SCHEMA));
        return socket;
    }

    /** A socket into the room that has said nothing yet, and reads nothing. */
    RawSocket connect(String sessionId) throws IOException {
        return keep(RawSocket.open(server.port(), "/connect/" + room + "?sessionId=" + sessionId));
    }

    /** Makes the room with a document of these shapes. */
    void fill(Shapes shapes) throws IOException {
        assertThat(admin().create(room, shapes))
                .as("the status of making the room")
                .isEqualTo(201);
    }

    /** Waits until so many take part. */
    void awaitConnected(int sessions) {
        Awaitility.await("all are in the room").atMost(PATIENCE).until(() -> admin().connected(room) >= sessions);
    }

    <T extends Guest> T keep(T opened) {
        open.add(opened);
        return opened;
    }

    @Override
    public void close() {
        for (Guest each = open.poll(); each != null; each = open.poll()) {
            each.close();
        }
    }
}

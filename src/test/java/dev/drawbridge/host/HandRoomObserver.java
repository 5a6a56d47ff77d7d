package dev.drawbridge.host;

import dev.drawbridge.protocol.Limit;
import dev.drawbridge.room.Author;
import dev.drawbridge.room.SessionInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Keeps what it is told of rooms; a room named "room" is not named. */
final class HandRoomObserver implements RoomObserver {
    private final List<String> told = new ArrayList<>();

    /** What is done whenever something is told, before it is kept. */
    Runnable meanwhile = () -> {};

    /** Whether it keeps who comes and goes. */
    boolean comingAndGoing;

    @Override
    public void opened(String roomId, long documentClock, boolean isNew) {
        told(roomId, "opened " + documentClock);
    }

    @Override
    public void changed(String roomId, Optional<Author> author, StoredChange change) {
        told(roomId, "changed by " + author.map(Author::sessionId).orElse("nobody") + " " + change.clock());
    }

    @Override
    public void joined(String roomId, SessionInfo session) {
        if (comingAndGoing) {
            told(roomId, "joined " + session.visitor().sessionId());
        }
    }

    @Override
    public void left(String roomId, String sessionId) {
        if (comingAndGoing) {
            told(roomId, "left " + sessionId);
        }
    }

    @Override
    public void limitHit(String roomId, Limit limit) {
        told(roomId, "limit " + limit);
    }

    @Override
    public void deleted(String roomId) {
        told(roomId, "deleted");
    }

    @Override
    public void emptied(String roomId) {
        told(roomId, "emptied");
    }

    @Override
    public void closed(String roomId) {
        told(roomId, "closed");
    }

    private void told(String roomId, String what) {
        meanwhile.run();
        told.add(roomId.equals("room") ? what : roomId + ": " + what);
    }

    /** All of it, in its order. */
    List<String> told() {
        return told;
    }
}

package dev.drawbridge.host;

import dev.drawbridge.room.Author;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Keeps what it is told of rooms; a room named "room" is not named. */
final class HandRoomObserver implements RoomObserver {
    private final List<String> told = new ArrayList<>();

    /** What is done whenever something is told, before it is kept. */
    Runnable meanwhile = () -> {};

    @Override
    public void opened(String roomId, long documentClock) {
        told(roomId, "opened " + documentClock);
    }

    @Override
    public void changed(String roomId, Optional<Author> author, long documentClock) {
        told(roomId, "changed by " + author.map(Author::sessionId).orElse("nobody") + " " + documentClock);
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

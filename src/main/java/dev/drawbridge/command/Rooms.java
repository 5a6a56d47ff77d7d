package dev.drawbridge.command;

import dev.drawbridge.host.RoomImport;
import java.io.IOException;
import java.io.OutputStream;

/** The rooms that a command works on: those of a store, or those of a running server. */
interface Rooms extends AutoCloseable {

    /** Where they are, in words. */
    String where();

    boolean exists(String roomId) throws NotDoneException;

    /** Takes a room in, whole or not at all. */
    RoomImport.Outcome take(String roomId, RoomImport wanted) throws NotDoneException;

    /** The ids of all rooms; as many at a time as fit on a page. */
    Iterable<String> ids();

    /** Writes one room. */
    void write(String roomId, RoomFormat format, OutputStream out) throws NotDoneException, IOException;

    @Override
    void close();
}

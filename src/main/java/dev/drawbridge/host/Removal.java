package dev.drawbridge.host;

import dev.drawbridge.host.Relay.FarOutlet;
import dev.drawbridge.room.Passenger;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * A room's going to another node, with those who have their sockets elsewhere. What the host does by itself is to store
 * everything, to close the sockets that are here, and to give the room back to its successor; the rest is done by these, in
 * this order. None of them waits.
 */
public interface Removal {

    /** The node that the room goes to. */
    String successor();

    /** Has these say nothing more; ends when what they have said before has been brought to the room. */
    CompletionStage<Void> hold(List<FarOutlet> sessions);

    /** The room is the successor's: it is to open it, and to expect these. Ends with whether it does. */
    CompletionStage<Boolean> bring(List<Passenger> passengers);

    /** These may go on there; they have been told all that there was to tell, up to a clock. Nothing is said to them here any more. */
    void goOn(List<FarOutlet> sessions, long clock);
}

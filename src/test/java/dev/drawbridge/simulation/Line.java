package dev.drawbridge.simulation;

import dev.drawbridge.protocol.ClientMessage;

/** A client's end of its connection. */
public interface Line {

    /** Says something; it arrives or not. */
    void send(ClientMessage message);

    /** Hangs up: nothing comes any more, and the other end hears of it sooner or later. */
    void hangUp();
}

package dev.drawbridge.room;

/** In place of the socket of somebody who has moved with the room and has not come yet. */
enum Absent implements Connection {
    SOMEWHERE
}

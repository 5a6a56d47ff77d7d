package dev.drawbridge.web.mcp;

/**
 * An argument that a tool takes.
 *
 * @param description for the model
 */
record Parameter(String name, Kind kind, String description, boolean isRequired) {
    static final String BOARD = "board";

    static Parameter required(String name, Kind kind, String description) {
        return new Parameter(name, kind, description, true);
    }

    static Parameter optional(String name, Kind kind, String description) {
        return new Parameter(name, kind, description, false);
    }

    /** The board that a tool is about. */
    static Parameter board() {
        return required(BOARD, new Kind.Board(), "Id of the board: the last part of its address.");
    }
}

package dev.drawbridge.command;

/** The kinds of files that rooms are written as. */
enum RoomFormat {
    /** What tldraw opens. */
    tldr(".tldr"),
    /** With clocks and deletions. */
    snapshot(".json");

    private final String extension;

    RoomFormat(String extension) {
        this.extension = extension;
    }

    String extension() {
        return extension;
    }
}

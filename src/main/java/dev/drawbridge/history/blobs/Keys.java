package dev.drawbridge.history.blobs;

import dev.drawbridge.history.BlockKey;
import dev.drawbridge.history.VersionId;
import java.util.Optional;

/**
 * What is where of a room.
 *
 * <pre>
 * versions/&lt;room&gt;/&lt;version&gt;.json            what is known of a version
 * versions/&lt;room&gt;/&lt;version&gt;.whole.block     its content
 * versions/&lt;room&gt;/&lt;version&gt;.&lt;base&gt;.block    the same, as what differs from another version
 * versions/&lt;room&gt;/room                      the id of the room, where the folder cannot say it
 * </pre>
 */
record Keys(RoomFolder folder) {
    static final String ALL = "versions/";

    private static final String INFO = ".json";
    private static final String BLOCK = ".block";
    private static final String WHOLE = "whole";
    private static final String DOT = ".";

    static Keys of(String roomId) {
        return new Keys(RoomFolder.of(roomId));
    }

    /** All that there is of the room. */
    String room() {
        return ALL + folder.name() + "/";
    }

    /** Where the id of the room is; only of one whose folder cannot say it. */
    Optional<String> id() {
        return folder.whole() ? Optional.empty() : Optional.of(idIn(folder.name()));
    }

    static String idIn(String folder) {
        return ALL + folder + "/room";
    }

    /** All that there is of a version. */
    String of(VersionId version) {
        return room() + version.text() + DOT;
    }

    String info(VersionId version) {
        return room() + version.text() + INFO;
    }

    String block(BlockKey key) {
        return of(key.version()) + key.base().map(VersionId::text).orElse(WHOLE) + BLOCK;
    }

    /** The version whose description is there, in whichever room. */
    static Optional<VersionId> versionOf(String key) {
        String name = nameIn(key);
        return name.endsWith(INFO) ? VersionId.of(name.substring(0, name.length() - INFO.length())) : Optional.empty();
    }

    /** The block that is there, in whichever room. */
    static Optional<BlockKey> blockOf(String key) {
        String name = nameIn(key);
        int dot = name.indexOf(DOT);
        if (dot < 0 || !name.endsWith(BLOCK) || dot + DOT.length() > name.length() - BLOCK.length()) {
            return Optional.empty();
        }
        Optional<VersionId> version = VersionId.of(name.substring(0, dot));
        String base = name.substring(dot + DOT.length(), name.length() - BLOCK.length());
        if (base.equals(WHOLE)) {
            return version.map(id -> new BlockKey(id, Optional.empty()));
        }
        return version.flatMap(id -> VersionId.of(base).map(from -> new BlockKey(id, Optional.of(from))));
    }

    private static String nameIn(String key) {
        return key.substring(key.lastIndexOf('/') + 1);
    }
}

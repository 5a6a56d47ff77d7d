package dev.drawbridge.history;

/** Why something that was asked of a room's past is not done; the message is for who has asked. */
public sealed class VersionException extends Exception {

    private VersionException(String message) {
        super(message);
    }

    /** The room has no version of this id. */
    public static final class NoSuchVersion extends VersionException {
        public NoSuchVersion(String roomId, String id) {
            super("The room " + roomId + " has no version " + id);
        }
    }

    /** The versions of the room that have a name take as much as they may. */
    public static final class TooManyNamed extends VersionException {
        public TooManyNamed(String roomId, long mostBytes) {
            super("The versions of the room " + roomId + " that have a name take the " + mostBytes
                    + " bytes that they may. Delete some of them, or their names");
        }
    }

    /** What is kept of the version is not what was put there. */
    public static final class Damaged extends VersionException {
        public Damaged(String roomId, VersionId id, String why) {
            super("The version " + id + " of the room " + roomId + " is damaged: " + why);
        }
    }
}

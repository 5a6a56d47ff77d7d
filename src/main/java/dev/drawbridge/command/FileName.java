package dev.drawbridge.command;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Rooms as names of files, and back: with {@code %XX} for what a file system may take otherwise than it is meant. */
final class FileName {
    private static final Pattern ESCAPE = Pattern.compile("%([0-9A-Fa-f]{2})");

    /** What Windows takes for devices, whatever follows after a dot. */
    private static final Pattern DEVICE = Pattern.compile("(?i)(con|prn|aux|nul|com[0-9]|lpt[0-9])(\\..*)?");

    private static final Set<String> KINDS = Set.of(".db", ".sqlite", ".sqlite3", ".tldr", ".json");

    private FileName() {}

    /** The name of a room's file, without what tells its kind. */
    static String of(String roomId) {
        boolean first = roomId.startsWith(".") || DEVICE.matcher(roomId).matches();
        return first ? escaped(roomId.charAt(0)) + roomId.substring(1) : roomId;
    }

    /** Another one, for where a name that differs in capitals only is taken for the same. */
    static String withoutCapitals(String roomId) {
        StringBuilder name = new StringBuilder();
        for (char c : of(roomId).toCharArray()) {
            name.append(c >= 'A' && c <= 'Z' ? escaped(c) : String.valueOf(c));
        }
        return name.toString();
    }

    private static String escaped(char c) {
        return "%%%02x".formatted((int) c);
    }

    /** What tells the kind of a file, in lower case; empty when it is none that rooms come in. */
    static Optional<String> kind(String fileName) {
        int dot = fileName.lastIndexOf('.');
        String kind = dot < 0 ? "" : fileName.substring(dot).toLowerCase(Locale.ROOT);
        return KINDS.contains(kind) ? Optional.of(kind) : Optional.empty();
    }

    /** What a room would be called by the name of its file; it need not be fit for one. */
    static String room(String fileName) {
        String name = kind(fileName).isPresent() ? fileName.substring(0, fileName.lastIndexOf('.')) : fileName;
        return ESCAPE.matcher(name)
                .replaceAll(
                        match -> Matcher.quoteReplacement(String.valueOf((char) Integer.parseInt(match.group(1), 16))));
    }
}

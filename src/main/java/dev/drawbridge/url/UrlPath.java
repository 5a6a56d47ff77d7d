package dev.drawbridge.url;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The path of a URL that is not opaque, as the URL Standard normalises it: without dot segments, encoded. */
final class UrlPath {

    private final boolean special;
    private final boolean file;
    private final List<String> segments = new ArrayList<>();

    private UrlPath(boolean special, boolean file) {
        this.special = special;
        this.file = file;
    }

    /** The segments of a path that stands in a text between two places. */
    static List<String> segments(String text, int from, int to, boolean special, boolean file) {
        UrlPath path = new UrlPath(special, file);
        if (special || from < to) {
            path.read(text, from < to && path.isSlash(text.charAt(from)) ? from + 1 : from, to);
        }
        return path.segments;
    }

    static boolean isDriveLetter(String segment) {
        return segment.length() == 2
                && Character.digit(segment.charAt(0), 36) >= 10
                && segment.charAt(0) < 0x80
                && (segment.charAt(1) == ':' || segment.charAt(1) == '|');
    }

    private void read(String text, int from, int to) {
        int start = from;
        for (int at = from; at <= to; at++) {
            boolean last = at == to;
            if (last || isSlash(text.charAt(at))) {
                add(PercentEncoding.PATH.encode(text, start, at), last);
                start = at + 1;
            }
        }
    }

    private void add(String segment, boolean last) {
        switch (dots(segment)) {
            case 2 -> {
                removeLast();
                addEmpty(last);
            }
            case 1 -> addEmpty(last);
            default ->
                segments.add(file && segments.isEmpty() && isDriveLetter(segment) ? segment.charAt(0) + ":" : segment);
        }
    }

    /** A path that ends in a dot segment ends in a slash. */
    private void addEmpty(boolean last) {
        if (last) {
            segments.add("");
        }
    }

    private void removeLast() {
        boolean drive = file && segments.size() == 1 && isDriveLetter(segments.getFirst());
        if (!segments.isEmpty() && !drive) {
            segments.removeLast();
        }
    }

    private boolean isSlash(char c) {
        return c == '/' || (special && c == '\\');
    }

    /** How many dots the segment is made of; 0 when it is no dot segment. */
    private static int dots(String segment) {
        return switch (segment.length() > 6 ? "" : segment.toLowerCase(Locale.ROOT)) {
            case ".", "%2e" -> 1;
            case "..", ".%2e", "%2e.", "%2e%2e" -> 2;
            default -> 0;
        };
    }
}

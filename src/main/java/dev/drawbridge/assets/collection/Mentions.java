package dev.drawbridge.assets.collection;

import dev.drawbridge.assets.AssetId;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Finds the ids of assets in records: wherever the address of an upload is, in whatever record, and of whatever host. What is
 * found need not be an asset's; one that is mentioned is found.
 */
public final class Mentions {
    private static final byte[] PATH = "/uploads/".getBytes(StandardCharsets.US_ASCII);

    /** What ends a path in any case: the text, its query, its fragment, an escape of JSON. */
    private static final String ENDS = "\"?#\\";

    /** What may end it, in the middle of a text for people, and may be part of an id that nobody has escaped. */
    private static final String MAY_END = " /'<>()[]{}|,";

    private static final int MOST_ENDS = 4;

    /** Three characters for each byte of the longest id. */
    private static final int LONGEST = 3 * AssetId.MAX_BYTES;

    private Mentions() {}

    /** Whether there may be any. */
    public static boolean anyIn(byte[] json) {
        return next(json, 0) >= 0;
    }

    /** What an address may refer to. */
    public static Stream<String> in(String address) {
        List<String> ids = new ArrayList<>();
        in(address.getBytes(StandardCharsets.UTF_8), ids::add);
        return ids.stream();
    }

    /** What a record refers to. It takes time that grows with the record and with nothing else, whatever is in it. */
    public static void in(byte[] json, Consumer<String> ids) {
        int at = next(json, 0);
        while (at >= 0) {
            int end = end(json, at);
            mention(json, at, end, ids);
            int mayEnd = mayEnd(json, at, end);
            for (int i = 0; i < MOST_ENDS && mayEnd < end; i++) {
                mention(json, at, mayEnd, ids);
                mayEnd = mayEnd(json, mayEnd + 1, end);
            }
            int inner = at;
            for (int within = next(json, at); within >= 0 && within < end; within = next(json, within)) {
                inner = within; // an address that is part of another one
            }
            if (inner != at) {
                mention(json, inner, end, ids);
            }
            at = next(json, end);
        }
    }

    private static int end(byte[] json, int from) {
        int end = from;
        while (end < json.length && end - from <= LONGEST && ENDS.indexOf(json[end]) < 0) {
            end++;
        }
        return end;
    }

    private static int mayEnd(byte[] json, int from, int to) {
        int end = from;
        while (end < to && MAY_END.indexOf(json[end]) < 0) {
            end++;
        }
        return end;
    }

    /** Where the next path has its end, and the id begins. */
    private static int next(byte[] json, int from) {
        for (int i = from; i + PATH.length < json.length; i++) {
            int same = 0;
            while (same < PATH.length && json[i + same] == PATH[same]) {
                same++;
            }
            if (same == PATH.length) {
                return i + same;
            }
        }
        return -1;
    }

    /** Escaped as it is in an address, or not at all. */
    private static void mention(byte[] json, int from, int to, Consumer<String> ids) {
        if (to > from && to - from <= LONGEST) {
            ids.accept(decoded(json, from, to));
        }
    }

    private static String decoded(byte[] json, int from, int to) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(to - from);
        for (int i = from; i < to; i++) {
            int high = json[i] == '%' && i + 2 < to ? Character.digit(json[i + 1], 16) : -1;
            int low = high >= 0 ? Character.digit(json[i + 2], 16) : -1;
            if (low >= 0) {
                out.write(high << 4 | low);
                i += 2;
            } else {
                out.write(json[i]);
            }
        }
        return out.toString(StandardCharsets.UTF_8);
    }
}

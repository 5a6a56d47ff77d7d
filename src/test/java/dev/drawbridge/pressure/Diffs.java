package dev.drawbridge.pressure;

import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What is pushed, as text. */
final class Diffs {
    private Diffs() {}

    /**
     * Gives a page the name of a version; the first one puts it. No name is the beginning of another, so the answer is
     * {@code commit} (§6.3).
     */
    static String namePage(String id, int version) {
        String name = "v" + version + ".";
        return version == 1
                ? "{\"" + id + "\":[\"put\"," + page(id, name, "{}") + "]}"
                : "{\"" + id + "\":[\"patch\",{\"name\":[\"put\",\"" + name + "\"]}]}";
    }

    /** Puts a page with this in its {@code meta}. */
    static String putPage(String id, String meta) {
        return "{\"" + id + "\":[\"put\"," + page(id, "Page", meta) + "]}";
    }

    /** Puts many pages at once. */
    static String putPages(int count, IntFunction<String> id, String meta) {
        return IntStream.range(0, count)
                .mapToObj(id)
                .map(each -> "\"" + each + "\":[\"put\"," + page(each, "Page", meta) + "]")
                .collect(Collectors.joining(",", "{", "}"));
    }

    static String page(String id, String name, String meta) {
        return "{\"id\":\"" + id + "\",\"typeName\":\"page\",\"name\":\"" + name + "\",\"index\":\"a1\",\"meta\":"
                + meta + "}";
    }
}

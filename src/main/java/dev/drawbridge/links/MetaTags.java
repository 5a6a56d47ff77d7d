package dev.drawbridge.links;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;

/** What a page says about itself in {@code meta} elements; pages mix up {@code name} and {@code property}. */
final class MetaTags {
    private final Map<String, List<String>> values = new HashMap<>();

    private MetaTags() {}

    static MetaTags of(Document document) {
        MetaTags tags = new MetaTags();
        for (Element meta : document.select("meta[content]")) {
            String property = meta.attr("property");
            String name = property.isBlank() ? meta.attr("name") : property;
            tags.values
                    .computeIfAbsent(name.strip().toLowerCase(Locale.ROOT), key -> new ArrayList<>())
                    .add(meta.attr("content"));
        }
        return tags;
    }

    /** All that is said by these names, in their order, and then in that of the page. */
    Stream<String> values(String... names) {
        return Stream.of(names).flatMap(name -> values.getOrDefault(name, List.of()).stream());
    }
}

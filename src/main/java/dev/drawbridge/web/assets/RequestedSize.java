package dev.drawbridge.web.assets;

import dev.drawbridge.assets.renditions.Wanted;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import org.springframework.util.MultiValueMap;

/**
 * The size in which a URL asks for an image: {@code w}, in pixels, and {@code q}, from 1 to 100. What is no such number, or is
 * there twice, asks for nothing: whoever has a wrong URL still has an image.
 */
final class RequestedSize {
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,9}");

    private RequestedSize() {}

    static Optional<Wanted> of(MultiValueMap<String, String> query) {
        OptionalInt width = number(query, "w");
        OptionalInt quality = number(query, "q");
        return width.isPresent()
                ? Optional.of(new Wanted(
                        width.getAsInt(), quality.orElse(0) <= Wanted.MAX_QUALITY ? quality : OptionalInt.empty()))
                : Optional.empty();
    }

    private static OptionalInt number(MultiValueMap<String, String> query, String name) {
        List<String> values = query.getOrDefault(name, List.of());
        if (values.size() != 1 || !NUMBER.matcher(values.getFirst()).matches()) {
            return OptionalInt.empty();
        }
        int number = Integer.parseInt(values.getFirst());
        return number > 0 ? OptionalInt.of(number) : OptionalInt.empty();
    }
}

package dev.drawbridge.schema.tldraw;

import dev.drawbridge.schema.StyleProperty;
import dev.drawbridge.schema.Subtype;
import dev.drawbridge.schema.Widening;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The values that tldraw has come to allow without a migration since 4.0 (SCHEMA §10). What a client's release is can only
 * be told by its sequences: a value counts as known from the first release on whose numbers no release without it has.
 */
final class Widenings {
    /** 5.0: no outline. The nearest is one that does nothing but follow the shape. */
    private static final NewStyle NO_OUTLINE = new NewStyle(Styles.DASH, "none", "solid", Map.of("com.tldraw.user", 1));

    /** 4.1 or 4.2, of which the numbers are those of 4.0: a full area, whose outline is set off from it. */
    private static final NewStyle LINED_FILL = new NewStyle(
            Styles.FILL,
            "lined-fill",
            "fill",
            Map.of(
                    "com.tldraw.instance", 26,
                    "com.tldraw.shape.arrow", 8,
                    "com.tldraw.shape.draw", 4,
                    "com.tldraw.shape.geo", 11,
                    "com.tldraw.shape.text", 4));

    /** 5.3. */
    private static final Widening COMMENT_CURSOR = new Widening(
            "instance_presence",
            Optional.empty(),
            List.of("cursor", "type"),
            "comment",
            "default",
            Map.of("com.tldraw.shape.geo", 12));

    /** 4.4. */
    private static final Widening COMPLETE_SCRIBBLE = new Widening(
            "instance_presence",
            Optional.empty(),
            List.of("scribbles", Widening.EACH, "state"),
            "complete",
            "stopping",
            Map.of("com.tldraw.instance", 26));

    private Widenings() {}

    private record NewStyle(StyleProperty style, String value, String standIn, Map<String, Integer> knownFrom) {

        Stream<Widening> in(Subtype shape) {
            return shape.propsOf(style).stream()
                    .map(name -> new Widening(
                            shape.typeName(),
                            Optional.of(shape.type()),
                            List.of("props", name),
                            value,
                            standIn,
                            knownFrom));
        }
    }

    static List<Widening> of(Collection<Subtype> shapes) {
        Stream<Widening> styles =
                shapes.stream().flatMap(shape -> Stream.concat(NO_OUTLINE.in(shape), LINED_FILL.in(shape)));
        return Stream.concat(styles, Stream.of(COMMENT_CURSOR, COMPLETE_SCRIBBLE))
                .toList();
    }
}

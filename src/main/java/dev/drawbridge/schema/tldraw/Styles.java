package dev.drawbridge.schema.tldraw;

import dev.drawbridge.schema.StyleProperty;
import dev.drawbridge.schema.Validator;
import dev.drawbridge.schema.Validators;
import java.util.List;

/** The style properties, which shapes share. A custom shape that uses one takes it from here. */
public final class Styles {
    private static final Validator COLORS = Validators.oneOf(
            "black",
            "grey",
            "light-violet",
            "violet",
            "blue",
            "light-blue",
            "yellow",
            "orange",
            "green",
            "light-green",
            "light-red",
            "red",
            "white");
    private static final Validator ARROWHEADS =
            Validators.oneOf("arrow", "triangle", "square", "dot", "pipe", "diamond", "inverted", "bar", "none");

    public static final StyleProperty ARROW_KIND = StyleProperty.of("tldraw:arrowKind", "arc", "elbow");
    public static final StyleProperty ARROWHEAD_END = StyleProperty.of("tldraw:arrowheadEnd", ARROWHEADS);
    public static final StyleProperty ARROWHEAD_START = StyleProperty.of("tldraw:arrowheadStart", ARROWHEADS);
    public static final StyleProperty COLOR = StyleProperty.of("tldraw:color", COLORS);
    public static final StyleProperty DASH =
            StyleProperty.of("tldraw:dash", "draw", "solid", "dashed", "dotted", "none");
    public static final StyleProperty FILL =
            StyleProperty.of("tldraw:fill", "none", "semi", "solid", "pattern", "fill", "lined-fill");
    public static final StyleProperty FONT = StyleProperty.of("tldraw:font", "draw", "sans", "serif", "mono");
    public static final StyleProperty GEO = StyleProperty.of(
            "tldraw:geo",
            "cloud",
            "rectangle",
            "ellipse",
            "triangle",
            "diamond",
            "pentagon",
            "hexagon",
            "octagon",
            "star",
            "rhombus",
            "rhombus-2",
            "oval",
            "trapezoid",
            "arrow-right",
            "arrow-left",
            "arrow-up",
            "arrow-down",
            "x-box",
            "check-box",
            "heart");
    public static final StyleProperty HORIZONTAL_ALIGN = StyleProperty.of(
            "tldraw:horizontalAlign", "start", "middle", "end", "start-legacy", "end-legacy", "middle-legacy");
    public static final StyleProperty LABEL_COLOR = StyleProperty.of("tldraw:labelColor", COLORS);
    public static final StyleProperty SIZE = StyleProperty.of("tldraw:size", "s", "m", "l", "xl");
    public static final StyleProperty SPLINE = StyleProperty.of("tldraw:spline", "cubic", "line");
    public static final StyleProperty TEXT_ALIGN = StyleProperty.of("tldraw:textAlign", "start", "middle", "end");
    public static final StyleProperty VERTICAL_ALIGN =
            StyleProperty.of("tldraw:verticalAlign", "start", "middle", "end");

    /** All of them. */
    public static final List<StyleProperty> ALL = List.of(
            ARROW_KIND,
            ARROWHEAD_END,
            ARROWHEAD_START,
            COLOR,
            DASH,
            FILL,
            FONT,
            GEO,
            HORIZONTAL_ALIGN,
            LABEL_COLOR,
            SIZE,
            SPLINE,
            TEXT_ALIGN,
            VERTICAL_ALIGN);

    private Styles() {}
}

package dev.drawbridge.schema.tldraw;

import static dev.drawbridge.schema.Field.field;
import static dev.drawbridge.schema.Validators.anything;
import static dev.drawbridge.schema.Validators.arrayOf;
import static dev.drawbridge.schema.Validators.bool;
import static dev.drawbridge.schema.Validators.number;
import static dev.drawbridge.schema.Validators.object;
import static dev.drawbridge.schema.Validators.oneOf;
import static dev.drawbridge.schema.Validators.positiveNumber;
import static dev.drawbridge.schema.Validators.string;

import dev.drawbridge.schema.Validator;

/** Values that occur in several record types. */
final class Parts {
    /** A point or vector; {@code z} is pen pressure. */
    static final Validator VECTOR = object(field("x", number()), field("y", number()), field("z", number().optional()));

    static final Validator BOX =
            object(field("x", number()), field("y", number()), field("w", number()), field("h", number()));

    /** What the editor writes; its content is not looked into. */
    static final Validator RICH_TEXT =
            object(field("type", string()), field("content", arrayOf(anything())), field("attrs", anything()));

    static final Validator CURSOR_TYPE = oneOf(
            "none",
            "default",
            "pointer",
            "cross",
            "comment",
            "grab",
            "rotate",
            "grabbing",
            "resize-edge",
            "resize-corner",
            "text",
            "move",
            "ew-resize",
            "ns-resize",
            "nesw-resize",
            "nwse-resize",
            "nesw-rotate",
            "nwse-rotate",
            "swne-rotate",
            "senw-rotate",
            "zoom-in",
            "zoom-out");

    static final Validator SCRIBBLE = object(
            field("id", string()),
            field("points", arrayOf(VECTOR)),
            field("size", positiveNumber()),
            field("color", oneOf("accent", "white", "black", "selection-stroke", "selection-fill", "laser", "muted-1")),
            field("opacity", number()),
            field("state", oneOf("starting", "paused", "active", "complete", "stopping")),
            field("delay", number()),
            field("shrink", number()),
            field("taper", bool()));

    private Parts() {}
}

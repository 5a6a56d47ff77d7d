package dev.drawbridge.schema.tldraw;

import static dev.drawbridge.schema.Edit.nothing;
import static dev.drawbridge.schema.Edit.remove;
import static dev.drawbridge.schema.Edit.replace;
import static dev.drawbridge.schema.Edit.set;
import static dev.drawbridge.schema.Edit.within;
import static dev.drawbridge.schema.Field.field;
import static dev.drawbridge.schema.Validators.bool;
import static dev.drawbridge.schema.Validators.id;
import static dev.drawbridge.schema.Validators.indexKey;
import static dev.drawbridge.schema.Validators.literal;
import static dev.drawbridge.schema.Validators.number;
import static dev.drawbridge.schema.Validators.object;
import static dev.drawbridge.schema.Validators.unitInterval;
import static dev.drawbridge.schema.Version.version;

import dev.drawbridge.schema.RecordScope;
import dev.drawbridge.schema.RecordType;
import dev.drawbridge.schema.Subtype;
import dev.drawbridge.schema.UnknownTypes;
import dev.drawbridge.schema.Validator;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** What all shapes have in common. */
final class ShapeRecord {
    private ShapeRecord() {}

    static RecordType type(Collection<Subtype> shapes, @Nullable UnknownTypes unknown) {
        return RecordType.of(
                        "shape",
                        RecordScope.DOCUMENT,
                        Subtype.union("shape", shapes, unknown, ShapeRecord::record),
                        version(1, "AddIsLocked", set("isLocked", false), remove("isLocked")),
                        version(2, "HoistOpacity", Opacity.HOIST, Opacity.LOWER),
                        version(3, "AddMeta", PropertyEdits.ADD_META),
                        version(4, "AddWhite", nothing(), within("props", replace("color", "white", "black"))))
                .with(shapes);
    }

    private static Validator record(Subtype shape, Validator type) {
        return object(
                field("id", id("shape")),
                field("typeName", literal("shape")),
                field("x", number()),
                field("y", number()),
                field("rotation", number()),
                field("index", indexKey()),
                field("parentId", id("page", "shape")),
                field("type", type),
                field("isLocked", bool()),
                field("opacity", unitInterval()),
                field("props", shape.propsValidator()),
                field("meta", shape.metaValidator()));
    }
}

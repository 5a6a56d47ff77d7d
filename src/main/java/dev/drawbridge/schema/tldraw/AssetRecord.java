package dev.drawbridge.schema.tldraw;

import static dev.drawbridge.schema.Field.field;
import static dev.drawbridge.schema.Validators.id;
import static dev.drawbridge.schema.Validators.literal;
import static dev.drawbridge.schema.Validators.object;
import static dev.drawbridge.schema.Version.version;

import dev.drawbridge.schema.RecordScope;
import dev.drawbridge.schema.RecordType;
import dev.drawbridge.schema.Subtype;
import dev.drawbridge.schema.UnknownTypes;
import dev.drawbridge.schema.Validator;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** What all assets have in common. */
final class AssetRecord {
    private AssetRecord() {}

    static RecordType type(Collection<Subtype> assets, @Nullable UnknownTypes unknown) {
        return RecordType.of(
                        "asset",
                        RecordScope.DOCUMENT,
                        Subtype.union("asset", assets, unknown, AssetRecord::record),
                        version(1, "AddMeta", PropertyEdits.ADD_META))
                .with(assets);
    }

    private static Validator record(Subtype asset, Validator type) {
        return object(
                field("id", id("asset")),
                field("typeName", literal("asset")),
                field("type", type),
                field("props", asset.propsValidator()),
                field("meta", asset.metaValidator()));
    }
}

package dev.drawbridge.schema.tldraw;

import static dev.drawbridge.schema.Field.field;
import static dev.drawbridge.schema.Validators.id;
import static dev.drawbridge.schema.Validators.literal;
import static dev.drawbridge.schema.Validators.object;

import dev.drawbridge.schema.RecordScope;
import dev.drawbridge.schema.RecordType;
import dev.drawbridge.schema.Subtype;
import dev.drawbridge.schema.UnknownTypes;
import dev.drawbridge.schema.Validator;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** What all bindings have in common. The record type has no history of its own, only its kinds have one. */
final class BindingRecord {
    private BindingRecord() {}

    static RecordType type(Collection<Subtype> bindings, @Nullable UnknownTypes unknown) {
        return new RecordType(
                "binding",
                RecordScope.DOCUMENT,
                Subtype.union("binding", bindings, unknown, BindingRecord::record),
                bindings.stream().map(Subtype::sequence).toList());
    }

    private static Validator record(Subtype binding, Validator type) {
        return object(
                field("id", id("binding")),
                field("typeName", literal("binding")),
                field("type", type),
                field("fromId", id("shape")),
                field("toId", id("shape")),
                field("props", binding.propsValidator()),
                field("meta", binding.metaValidator()));
    }
}

package dev.drawbridge.store;

import dev.drawbridge.json.Json;
import dev.drawbridge.json.JsonException;
import dev.drawbridge.schema.SerializedSchema;
import org.jspecify.annotations.Nullable;

/** Schemas as texts. Nearly all changes of all rooms carry the same one, so the last is kept. */
public final class SchemaText {
    private volatile @Nullable Written last;

    private record Written(SerializedSchema schema, String text) {}

    public String of(SerializedSchema schema) {
        Written known = last;
        if (known == null || known.schema != schema) {
            known = new Written(schema, Json.write(schema.json()));
            last = known;
        }
        return known.text;
    }

    /**
     * Reads a schema back.
     *
     * @throws StoreException when the text is none
     */
    public static SerializedSchema read(@Nullable String text) {
        if (text == null) {
            throw new StoreException("the stored schema is missing");
        }
        try {
            return SerializedSchema.read(Json.parse(text))
                    .orElseThrow(() -> new StoreException("the stored schema is damaged: " + text));
        } catch (JsonException e) {
            throw new StoreException("the stored schema is damaged: " + text, e);
        }
    }
}

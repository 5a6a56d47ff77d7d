package dev.drawbridge.store.redis;

import dev.drawbridge.room.DocumentSize;
import dev.drawbridge.schema.SerializedSchema;
import dev.drawbridge.store.SchemaText;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * What {@code read.lua} says of a room. Two that are equal have nothing between them: each commit changes the clock or, when
 * it only prunes, the number of tombstones; a room that was made anew, or is of another history, has that in it.
 */
record StoredState(
        long clock,
        long historyStartsAt,
        String schemaText,
        int documents,
        long tombstones,
        long bytes,
        String created,
        String history) {

    static StoredState read(List<?> answer) {
        List<String> fields = answer.stream()
                .map(field -> new String((byte[]) field, StandardCharsets.UTF_8))
                .toList();
        return new StoredState(
                Long.parseLong(fields.get(0)),
                Long.parseLong(fields.get(1)),
                fields.get(2),
                Integer.parseInt(fields.get(3)),
                Long.parseLong(fields.get(4)),
                Long.parseLong(fields.get(5)),
                fields.get(6),
                fields.get(7));
    }

    SerializedSchema schema() {
        return SchemaText.read(schemaText);
    }

    DocumentSize size() {
        return new DocumentSize(documents, bytes);
    }
}

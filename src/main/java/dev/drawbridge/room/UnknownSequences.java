package dev.drawbridge.room;

import dev.drawbridge.json.JsonNumber;
import dev.drawbridge.json.JsonObject;
import dev.drawbridge.json.JsonValue;
import dev.drawbridge.json.Quoted;
import dev.drawbridge.protocol.RefusalReason;
import dev.drawbridge.schema.SerializedSchema;
import dev.drawbridge.schema.StoreSchema;
import java.util.Map;

/**
 * The migration sequences in a room that the server does not know, where it takes types unseen. Nobody here could migrate
 * them: whoever names one first has said at which version it is, and all others have to be at the same one.
 */
final class UnknownSequences {
    /** A whiteboard has a few types of its own. */
    static final int MOST = 500;

    private static final int LONGEST = 200;

    private final StoreSchema schema;
    private final RoomDocument document;

    UnknownSequences(StoreSchema schema, RoomDocument document) {
        this.schema = schema;
        this.document = document;
    }

    /** @throws RefusalException when a client's records could not be understood by others here, or theirs by it */
    void agree(SerializedSchema theirs) throws RefusalException {
        if (!schema.acceptsUnknownSequences()) {
            return;
        }
        JsonObject named = schema.unknownSequences(theirs);
        JsonObject known = schema.unknownSequences(document.schema());
        JsonObject.Builder further = JsonObject.builder();
        int number = known.size();
        for (Map.Entry<String, JsonValue> each : named.entries()) {
            JsonValue here = known.get(each.getKey());
            if (here == null) {
                number++;
                if (number > MOST || each.getKey().length() > LONGEST) {
                    throw new RefusalException(
                            RefusalReason.SERVER_TOO_OLD,
                            "more than " + MOST + " sequences that this server does not know, or a name of more than "
                                    + LONGEST + " characters");
                }
                further.put(each.getKey(), each.getValue());
            } else if (!here.equals(each.getValue())) {
                throw new RefusalException(
                        isOlder(each.getValue(), here) ? RefusalReason.CLIENT_TOO_OLD : RefusalReason.SERVER_TOO_OLD,
                        Quoted.bare(each.getKey()) + " is at version " + Quoted.of(each.getValue())
                                + ", and in this room at " + Quoted.of(here)
                                + "; this server does not know how to migrate it: docs/types.md");
            }
        }
        document.learn(further.build());
    }

    private static boolean isOlder(JsonValue theirs, JsonValue here) {
        return theirs instanceof JsonNumber(double version)
                && here instanceof JsonNumber(double other)
                && version < other;
    }
}

package dev.drawbridge.protocol;

import dev.drawbridge.json.Json;
import dev.drawbridge.json.JsonObject;
import dev.drawbridge.json.JsonString;
import dev.drawbridge.json.JsonValue;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a connect: the room as this client needs it (§4, §11). The records stay the bytes they are stored as;
 * encoding joins them.
 *
 * @param connectRequestId echoed as it came; Java {@code null} when there was none
 * @param puts the records that the client lacks
 * @param removes the ids of the records that it has to forget
 */
public record ConnectResponse(
        @Nullable JsonValue connectRequestId,
        HydrationType hydrationType,
        JsonObject schema,
        long serverClock,
        List<EncodedRecord> puts,
        List<String> removes,
        boolean isReadonly)
        implements ServerMessage {

    /** What the client forgets before it applies the diff. */
    public enum HydrationType {
        WIPE_ALL,
        WIPE_PRESENCE;

        String wireName() {
            return switch (this) {
                case WIPE_ALL -> "wipe_all";
                case WIPE_PRESENCE -> "wipe_presence";
            };
        }
    }

    /** A record as UTF-8 JSON, under its id. */
    public record EncodedRecord(String id, byte[] json) {}

    private static final byte[] DIFF = utf8(",\"diff\":{");
    private static final byte[] PUT = utf8(":[\"put\",");
    private static final byte[] REMOVE = utf8(":[\"remove\"]");

    @Override
    public byte[] encode() {
        byte[] head = Json.encode(head());
        ByteArrayOutputStream out = new ByteArrayOutputStream((int) Math.min(estimatedSize(), 1 << 30));
        out.write(head, 0, head.length - 1); // all but the closing brace
        out.writeBytes(DIFF);
        boolean first = true;
        for (EncodedRecord put : puts) {
            key(out, put.id(), first);
            out.writeBytes(PUT);
            out.writeBytes(put.json());
            out.write(']');
            first = false;
        }
        for (String id : removes) {
            key(out, id, first);
            out.writeBytes(REMOVE);
            first = false;
        }
        out.write('}');
        out.write('}');
        return out.toByteArray();
    }

    private JsonObject head() {
        JsonObject.Builder head = JsonObject.builder().put("type", "connect");
        if (connectRequestId != null) {
            head.put("connectRequestId", connectRequestId);
        }
        return head.put("hydrationType", hydrationType.wireName())
                .put("protocolVersion", Protocol.VERSION)
                .put("schema", schema)
                .put("serverClock", serverClock)
                .put("isReadonly", isReadonly)
                .put("objectAccess", "write")
                .build();
    }

    @Override
    public long estimatedSize() {
        long size = 2_048 + 64L * removes.size();
        for (EncodedRecord put : puts) {
            size += put.json().length + 2L * put.id().length() + 16;
        }
        return size;
    }

    /** About how many bytes it takes while it waits: its records are shared with the room. */
    public long heldBytes() {
        return 2_048 + 64L * (puts.size() + removes.size());
    }

    private static void key(ByteArrayOutputStream out, String id, boolean first) {
        if (!first) {
            out.write(',');
        }
        out.writeBytes(Json.encode(new JsonString(id)));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}

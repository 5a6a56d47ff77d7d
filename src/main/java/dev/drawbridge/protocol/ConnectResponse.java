package dev.drawbridge.protocol;

import dev.drawbridge.json.Json;
import dev.drawbridge.json.JsonObject;
import dev.drawbridge.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a connect: the room as this client needs it (§4, §11). The records stay the bytes they are stored as: an
 * answer that waits for a slow reader costs references, not a copy of the room.
 */
public final class ConnectResponse implements ServerMessage {
    private static final byte[] DIFF = ",\"diff\":".getBytes(StandardCharsets.UTF_8);
    private static final Payload END = Payload.of(new byte[] {'}'});

    private final HydrationType hydrationType;
    private final long serverClock;
    private final boolean isReadonly;
    private final Payload encoded;

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

    /**
     * Makes the answer; its length is known from then on.
     *
     * @param connectRequestId echoed as it came; Java {@code null} when there was none
     * @param puts the records that the client lacks
     * @param removes the ids of the records that it has to forget
     * @param objectAccess what the session may do with the records of the object lane
     */
    public ConnectResponse(
            @Nullable JsonValue connectRequestId,
            HydrationType hydrationType,
            JsonObject schema,
            long serverClock,
            List<RecordPuts> puts,
            List<String> removes,
            boolean isReadonly,
            ObjectAccess objectAccess) {
        this.hydrationType = hydrationType;
        this.serverClock = serverClock;
        this.isReadonly = isReadonly;
        JsonObject.Builder members = JsonObject.builder().put("type", "connect");
        if (connectRequestId != null) {
            members.put("connectRequestId", connectRequestId);
        }
        byte[] head = Json.encode(members.put("hydrationType", hydrationType.wireName())
                .put("protocolVersion", Protocol.VERSION)
                .put("schema", schema)
                .put("serverClock", serverClock)
                .put("isReadonly", isReadonly)
                .put("objectAccess", objectAccess.word())
                .build());
        this.encoded = Payload.concat(List.of(
                Payload.of(Arrays.copyOf(head, head.length - 1)), // all but the closing brace
                Payload.of(DIFF),
                RecordDiff.of(puts, removes),
                END));
    }

    public HydrationType hydrationType() {
        return hydrationType;
    }

    public long serverClock() {
        return serverClock;
    }

    public boolean isReadonly() {
        return isReadonly;
    }

    @Override
    public Payload encode() {
        return encoded;
    }
}

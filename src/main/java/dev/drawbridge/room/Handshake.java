package dev.drawbridge.room;

import dev.drawbridge.json.JsonNull;
import dev.drawbridge.json.JsonValue;
import dev.drawbridge.json.Quoted;
import dev.drawbridge.protocol.ClientMessage;
import dev.drawbridge.protocol.Protocol;
import dev.drawbridge.protocol.RefusalReason;
import dev.drawbridge.schema.ClientCompatibility;
import dev.drawbridge.schema.SerializedSchema;
import dev.drawbridge.schema.StoreSchema;
import org.jspecify.annotations.Nullable;

/** Decides whether a client can be served, and what it understands (§8). */
final class Handshake {
    /** Clients before this version cannot show a close reason. */
    private static final int FIRST_WITH_CLOSE_REASONS = 7;

    private final StoreSchema schema;
    private final Dialects dialects;
    private final UnknownSequences unknown;

    Handshake(StoreSchema schema, Dialects dialects, UnknownSequences unknown) {
        this.schema = schema;
        this.dialects = dialects;
        this.unknown = unknown;
    }

    static boolean wantsLegacyRefusal(ClientMessage.Connect connect) {
        double version = ClientMessage.number(connect.protocolVersion());
        return version >= Protocol.OLDEST_VERSION && version < FIRST_WITH_CLOSE_REASONS;
    }

    Dialect accept(ClientMessage.Connect connect) throws RefusalException {
        double version = ClientMessage.number(connect.protocolVersion());
        if (version > Protocol.VERSION) {
            throw new RefusalException(RefusalReason.SERVER_TOO_OLD, "protocol version " + version);
        }
        if (!(version >= Protocol.OLDEST_VERSION) || version != Math.rint(version)) {
            throw new RefusalException(
                    RefusalReason.CLIENT_TOO_OLD, "protocol version " + Quoted.of(connect.protocolVersion()));
        }
        SerializedSchema theirs = read(connect.schema());
        return switch (schema.compatibilityWith(theirs)) {
            case ClientCompatibility.Compatible compatible -> {
                unknown.agree(theirs);
                yield dialects.of(compatible.migrations(), theirs.json(), version >= Protocol.VERSION);
            }
            case ClientCompatibility.ClientTooOld(String why) ->
                throw new RefusalException(RefusalReason.CLIENT_TOO_OLD, why);
            case ClientCompatibility.ServerTooOld(String why) ->
                throw new RefusalException(RefusalReason.SERVER_TOO_OLD, why);
        };
    }

    private static SerializedSchema read(@Nullable JsonValue schema) throws RefusalException {
        if (schema == null || schema == JsonNull.NULL) {
            throw new RefusalException(RefusalReason.CLIENT_TOO_OLD, "no schema");
        }
        return SerializedSchema.read(schema)
                .orElseThrow(() -> new RefusalException(RefusalReason.UNKNOWN_ERROR, "a schema that is none"));
    }
}

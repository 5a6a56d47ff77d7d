package dev.drawbridge.assets;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * An upload as it is announced.
 *
 * @param id an {@link AssetId}
 * @param declaredType what the client says of its type, as it was sent
 * @param length how many bytes it has, when that is said
 * @param remoteAddress where it comes from
 */
public record Upload(
        String id, Optional<String> room, Optional<String> declaredType, OptionalLong length, String remoteAddress) {}

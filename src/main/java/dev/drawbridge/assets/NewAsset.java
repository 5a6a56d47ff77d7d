package dev.drawbridge.assets;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * An asset whose content is about to come.
 *
 * @param id an {@link AssetId}
 * @param room the room it is brought to
 * @param length how many bytes it will have, when that was announced: with any other number it is not taken
 */
public record NewAsset(String id, Optional<String> room, MediaType type, OptionalLong length) {}

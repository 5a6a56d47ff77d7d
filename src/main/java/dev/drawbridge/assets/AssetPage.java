package dev.drawbridge.assets;

import java.util.List;
import java.util.Optional;

/**
 * Some assets of a list.
 *
 * @param next where to go on, in the store's own words; empty when these were the last
 */
public record AssetPage(List<Asset> assets, Optional<String> next) {

    public AssetPage {
        assets = List.copyOf(assets);
    }
}

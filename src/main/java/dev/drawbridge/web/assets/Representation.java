package dev.drawbridge.web.assets;

import dev.drawbridge.assets.Asset;
import dev.drawbridge.assets.AssetStore;
import dev.drawbridge.assets.ByteRange;
import dev.drawbridge.assets.MediaType;
import dev.drawbridge.assets.Variant;
import java.io.InputStream;
import java.util.Optional;
import java.util.function.Function;

/**
 * What is sent of an asset.
 *
 * @param etag with its quotes
 * @param lasting whether the same URL will always have the same
 * @param parts opens one; empty when it is not there any more
 */
record Representation(
        Asset asset,
        MediaType type,
        long size,
        String etag,
        boolean lasting,
        Function<ByteRange, Optional<InputStream>> parts) {

    /** All of it. */
    static Representation original(AssetStore store, Asset asset, boolean lasting) {
        return new Representation(
                asset,
                asset.type(),
                asset.size(),
                '"' + asset.sha256() + '"',
                lasting,
                part -> store.read(asset, part));
    }

    /** Its tag has the size, for another release may make another file for the same purpose. */
    static Representation variant(AssetStore store, Asset asset, Variant variant) {
        return new Representation(
                asset,
                variant.type(),
                variant.size(),
                '"' + asset.sha256() + '-' + variant.name() + '-' + variant.size() + '"',
                true,
                part -> store.readVariant(asset, variant, part));
    }
}

package dev.drawbridge.assets.s3;

import dev.drawbridge.assets.Asset;
import java.util.Optional;

/**
 * That an asset is one of a room's: an empty object, whose key says which and how large it is. It is made before the
 * asset's description and removed after it: no asset of a room is ever missing here, but there may be entries of assets
 * that never came or that have gone.
 *
 * @param folder of the room
 * @param size of the content, in bytes
 */
record Entry(String folder, Place place, long size) {

    static Entry of(Asset asset, Place place) {
        return new Entry(Keys.folderOf(asset.room()), place, asset.size());
    }

    /** @param name as {@link #name} gives it */
    static Optional<Entry> parse(String name) {
        int slash = name.indexOf('/');
        String[] parts = name.substring(slash + 1).split("\\.", -1);
        try {
            return slash > 0 && parts.length == 3
                    ? Optional.of(new Entry(
                            name.substring(0, slash + 1), new Place(parts[0], parts[1]), Long.parseLong(parts[2])))
                    : Optional.empty();
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** Below {@link Keys#rooms}. */
    String name() {
        return folder + place.key() + "." + place.name() + "." + size;
    }
}
